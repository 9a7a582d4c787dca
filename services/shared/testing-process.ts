/** For the tests of whole processes: a role as its image runs it, watched from outside. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { LogLines } from './testing.ts';

const DEADLINE_MS = 120_000;

export type Environment = Record<string, string>;

/** Starts `services/<script>` with only these settings in its environment. */
export function startProcess(
  script: string,
  env: Environment,
  args: string[] = [],
  stdout?: number,
) {
  const file = resolve(import.meta.dirname, '..', script);
  const child = spawn(process.execPath, [file, ...args], {
    env,
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
    // A process that hangs ends before its test times out: nothing would clean up after that.
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
  });
  const lines = new LogLines();
  let output = '';
  let errors = '';
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      output += `${line}\n`;
      if (line.startsWith('{')) lines.add(line);
    });
  }
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, output, errors }));
  return {
    child,
    lines,
    /** Resolves when the process has ended and its output has been read. */
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs a process to its end. */
export async function runProcess(script: string, env: Environment, args: string[] = []) {
  await using running = startProcess(script, env, args);
  return await running.ended;
}

/** A pipe that is full, and that nobody ever reads: the next write to it blocks. */
export function stuckPipe(): Disposable & { readonly fd: number } {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-'));
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const filler = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const fd = openSync(path, constants.O_WRONLY);
  for (const size of [4096, 1]) {
    while (fits(filler, size));
  }
  return {
    fd,
    [Symbol.dispose]() {
      closeSync(fd);
      closeSync(filler);
      rmSync(folder, { recursive: true });
    },
  };
}

function fits(pipe: number, size: number): boolean {
  try {
    return writeSync(pipe, Buffer.alloc(size)) > 0;
  } catch {
    return false;
  }
}
