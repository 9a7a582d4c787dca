/**
 * Runs in a probe, as the parent of its command: `node lifeline.ts COMMAND…`. The engine closes standard input when the
 * process that listens to the probe ends, also when it was killed: then the command is ended too.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const KILL_AFTER_MS = 3000;
const FINISH_TIMEOUT_MS = 2000;
const POLL_MS = 5;
/** Of write(2): asm/unistd_64.h, asm-generic/unistd.h. */
const WRITE = { x64: 1, arm64: 64 }[process.arch as string];

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 1)));

async function endCommand(): Promise<void> {
  // A capture has packets that it has not written yet, and would drop them.
  for (const deadline = Date.now() + FINISH_TIMEOUT_MS; isBusy() && Date.now() < deadline; ) {
    await sleep(POLL_MS);
  }
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
}

/** Whether the command is computing, or waits for whoever reads what it writes (proc_pid_syscall(5)). */
function isBusy(): boolean {
  try {
    const [call] = readFileSync(`/proc/${child.pid}/syscall`, 'utf8').split(' ');
    return call?.trim() === 'running' || Number(call) === WRITE;
  } catch {
    return false;
  }
}

process.stdin.resume().on('close', endCommand);
process.on('SIGTERM', endCommand);
process.on('SIGINT', endCommand);
