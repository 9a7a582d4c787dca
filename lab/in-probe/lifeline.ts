/**
 * Runs in a probe, as the parent of its command: `node lifeline.ts COMMAND…`. The engine closes standard input when the
 * process that listens to the probe ends, also when it was killed: then the command is ended too.
 */
import { spawn } from 'node:child_process';
import { endChild } from './end-child.ts';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 1)));

const end = () => endChild(child);
process.stdin.resume().on('close', end);
process.on('SIGTERM', end);
process.on('SIGINT', end);
