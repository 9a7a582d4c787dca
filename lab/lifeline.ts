/**
 * Runs in a probe, as the parent of its command: `node lifeline.ts COMMAND…`. The engine closes standard input when the
 * process that listens to the probe ends, also when it was killed: then the command is ended too.
 */
import { spawn } from 'node:child_process';

const KILL_AFTER_MS = 3000;

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 1)));

function endCommand(): void {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
}
process.stdin.resume().on('close', endCommand);
process.on('SIGTERM', endCommand);
process.on('SIGINT', endCommand);
