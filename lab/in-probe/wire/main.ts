/**
 * The wire: runs in a probe in the host's network namespace, and decides the fate of the packets into the host that match a fault;
 * others never leave the kernel.
 *
 *     node --experimental-ffi lab/in-probe/wire/main.ts [--host NAME] [--queue NUMBER] [--socket PATH]
 *                                                       [--killed | --find-rules | --remove-rules | --help]
 *
 *     the lab ──▶ socket ──▶ commands ──▶ Wire ◀──▶ the kernel's queue
 *                                             └─────▶ fates, a line each ──▶ standard output
 *
 * Needs NET_ADMIN (queue, rules) and NET_RAW (copies, iptables). SIGTERM and SIGINT heal all faults. When the last fault has been
 * healed, when none is requested in the first seconds, or when the host has stopped, it ends with exit code 0. If it is killed,
 * packets pass unimpaired: `--killed` removes the rules that it left, and answers in its place; `--remove-rules` only removes them,
 * `--find-rules` leaves them, and both print in how many address families there are any.
 */
import { once } from 'node:events';
import { exitNow, realTimeNs } from '../system.ts';
import { ControlServer } from './control-server.ts';
import { KilledWire } from './killed-wire.ts';
import { networkGone } from './network-watch.ts';
import { type ProgramSettings, programSettings } from './program-settings.ts';
import { Queue } from './queue.ts';
import { Rules } from './rules.ts';
import { Wire } from './wire.ts';
import { WireOutput } from './wire-output.ts';

const FLUSH_TIMEOUT_MS = 500;
/** For the first fault: the process that started this program may have been killed before it could request one. */
const IDLE_TIMEOUT_MS = 20_000;

async function run({ host, queue: number, socket }: ProgramSettings): Promise<void> {
  const stopping = stopped();
  const output = new WireOutput({ host, clock: realTimeNs });
  const numbers = { on: number, ending: number + 1 };
  const queue = new Queue(Object.values(numbers));
  const wire = new Wire(host, queue, { numbers, output });
  const server = await ControlServer.start(socket, wire);
  output.line({ kind: 'ready', host, queue: number, socket });
  const idle = setTimeout(() => void wire.remove([]), IDLE_TIMEOUT_MS);
  const gone = networkGone(() => server.lastAskedNs);
  await Promise.race([stopping, once(wire.ending, 'abort'), gone]);
  clearTimeout(idle);
  await wire.stop();
  await server.close(FLUSH_TIMEOUT_MS);
  output.close();
  await output.flushed(FLUSH_TIMEOUT_MS);
}

/** In place of a wire that was killed, until it is healed. */
async function runKilled({ host, socket }: ProgramSettings): Promise<void> {
  const stopping = stopped();
  const output = new WireOutput({ host, clock: realTimeNs });
  const wire = new KilledWire(host);
  output.line({ kind: 'killed', host });
  await new Rules().remove();
  const server = await ControlServer.start(socket, wire);
  await Promise.race([stopping, wire.healed, networkGone(() => server.lastAskedNs)]);
  await server.close(FLUSH_TIMEOUT_MS);
  await output.flushed(FLUSH_TIMEOUT_MS);
}

function stopped(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, resolve);
  });
}

if (process.argv.includes('--help')) {
  console.log(
    'main.ts [--host NAME] [--queue NUMBER] [--socket PATH] [--killed | --find-rules | --remove-rules]: runs a wire',
  );
  process.exit();
}
let code = 0;
try {
  const settings = programSettings(process.argv.slice(2));
  const { leftRules, isKilled } = settings;
  if (leftRules) console.log(await new Rules()[leftRules]());
  else if (isKilled) await runKilled(settings);
  else await run(settings);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  code = 1;
}
exitNow(code);
