/**
 * Makes `docs/pictures/terminal.svg`, a recording of the terminal, from a real run: `npx node docs/terminal.ts`. The lab that
 * COMPOSE_PROJECT_NAME names must be up; TCP_CLIENT_INTERVAL_MS=3000 makes conversations that can be followed.
 *
 *     commands ──run──▶ what they print, and when ──▶ terminal-svg.ts ──▶ terminal.svg
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Line, terminalSvg } from './terminal-svg.ts';

const COMMANDS = [
  'break loss tcp-client tcp-server --percent 30 --seed 20',
  'watch tcp-client tcp-server --for 10s',
  'heal',
];
/** Pauses in the output, as while probes start, are cut to this. */
const PAUSE_MAX_MS = 1200;
const AFTER_COMMAND_MS = 900;
/** Time to read the last screen before the recording starts again. */
const END_MS = 4000;

const MAIN = new URL('../cli/main.ts', import.meta.url).pathname;

const lines: Line[] = [];
let nowMs = 0;
for (const command of COMMANDS) await record(command);
writeFileSync(
  new URL('pictures/terminal.svg', import.meta.url),
  terminalSvg(lines, { endMs: nowMs + END_MS }),
);

/** Runs a verb, and records each line that it prints. */
async function record(command: string): Promise<void> {
  lines.push({ atMs: nowMs, text: `\x1b[1m$ ./socketlab ${command}\x1b[22m` });
  nowMs += AFTER_COMMAND_MS;
  const { NO_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, [MAIN, ...command.split(' ')], {
    env: { ...env, FORCE_COLOR: '1', COLUMNS: '80', LC_ALL: 'C.UTF-8', NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let lastMs = performance.now();
  const note = (text: string) => {
    nowMs += Math.min(performance.now() - lastMs, PAUSE_MAX_MS);
    lastMs = performance.now();
    lines.push({ atMs: nowMs, text });
  };
  const outputs = [child.stdout, child.stderr].map((input) => createInterface({ input }));
  for (const output of outputs) output.on('line', note);
  await Promise.all([child, ...outputs].map((one) => once(one, 'close')));
  if (child.exitCode !== 0) throw new Error(`"${command}" failed: ${lines.at(-1)?.text}`);
  nowMs += AFTER_COMMAND_MS;
}
