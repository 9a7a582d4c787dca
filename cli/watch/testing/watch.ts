/** The verb as a process of its own, on recordings: without Docker. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export const MAIN = new URL('../../main.ts', import.meta.url).pathname;

/** One of `lab/timeline/recordings/`. */
export function recording(name: string): string {
  return new URL(`../../../lab/timeline/recordings/${name}.jsonl.gz`, import.meta.url).pathname;
}

export function startWatch(...args: string[]) {
  const env = {
    ...process.env,
    LC_ALL: 'C.UTF-8',
    COLUMNS: '80',
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  };
  const child = spawn(process.execPath, [MAIN, 'watch', ...args], { env });
  const complaint = text(child.stderr);
  const ended = Promise.all([text(child.stdout), complaint, once(child, 'close')]).then(
    ([stdout, stderr]) => ({ stdout, stderr, exitCode: child.exitCode }),
  );
  return { child, complaint, ended };
}

/** Waits for its end. */
export function watch(...args: string[]) {
  return startWatch(...args).ended;
}
