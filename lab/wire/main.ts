/**
 * The wire: runs in a probe that shares the host's network namespace, and decides the fate of every packet into the host.
 *
 *     node --experimental-ffi lab/wire/main.ts [--host NAME] [--queue NUMBER] [--socket PATH] [--remove-rules]
 *
 *     control.ts ──▶ socket ──▶ commands ──▶ Wire ◀──▶ the kernel's queue
 *                                             └─────▶ fates, a line each ──▶ standard output
 *
 * Needs NET_ADMIN (queue, rules) and NET_RAW (copies, iptables). SIGTERM and SIGINT heal everything, and when the
 * time of the last fault is up there is nothing left to do; exit code 0. If it is
 * killed, packets pass as if it had never been there; `--remove-rules` removes the rules that it left.
 */
import { startControlServer } from './control-server.ts';
import { Output } from './output.ts';
import { type ProgramSettings, programSettings } from './program-settings.ts';
import { Queue } from './queue.ts';
import { removeRules } from './rules.ts';
import { exitNow, realTimeNs } from './system.ts';
import { Wire } from './wire.ts';

const FLUSH_TIMEOUT_MS = 500;

async function run({ host, queue: number, socket }: ProgramSettings): Promise<void> {
  const stopping = new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, resolve);
  });
  const output = new Output({ host, clock: realTimeNs });
  const queue = new Queue(number);
  const wire = new Wire(host, queue, output);
  const server = await startControlServer(socket, wire);
  output.line({ kind: 'ready', host, queue: number, socket });
  await Promise.race([stopping, wire.expired]);
  server.close();
  await wire.stop();
  output.close();
  await output.flushed(FLUSH_TIMEOUT_MS);
}

let code = 0;
try {
  const settings = programSettings(process.argv.slice(2));
  if (settings.removesRules) await removeRules();
  else await run(settings);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  code = 1;
}
exitNow(code);
