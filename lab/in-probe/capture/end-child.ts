import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const KILL_AFTER_MS = 3000;
const FINISH_TIMEOUT_MS = 2000;
const POLL_MS = 5;
/** Of write(2): asm/unistd_64.h, asm-generic/unistd.h. */
const WRITE = { x64: 1, arm64: 64 }[process.arch as string];

/** Ends a command (SIGTERM) once it has written its output: a capture would drop packets that it has not written yet. */
export async function endChild(child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + FINISH_TIMEOUT_MS; isBusy(child) && Date.now() < deadline; ) {
    await sleep(POLL_MS);
  }
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
}

/** Whether the command is computing, or waits for the reader of its output (proc_pid_syscall(5)). */
function isBusy({ pid }: ChildProcess): boolean {
  try {
    const [call] = readFileSync(`/proc/${pid}/syscall`, 'utf8').split(' ');
    return call?.trim() === 'running' || Number(call) === WRITE;
  } catch {
    return false;
  }
}
