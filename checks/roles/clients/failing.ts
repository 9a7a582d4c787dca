/** How a client has to fail where it gets no answer (P2): soon enough, with a reason, and with an exit code that says so. */
import type { Finding } from '../../check.ts';
import { exitWords } from '../../program/exit-words.ts';
import type { ClientRun } from './client-run.ts';

export interface Failing {
  readonly did: string;
  /** What it could have waited for, as in "a greeting". */
  readonly waitedFor: string;
  readonly timeoutMs: number;
}

export function failingFinding(
  run: ClientRun,
  { did, waitedFor, timeoutMs }: Failing,
): Finding | undefined {
  const { exitCode, stdout, stderr } = run;
  if (exitCode === undefined) {
    const waited = { for: `the program to give up on ${waitedFor}`, ms: timeoutMs };
    return { code: 'never-gives-up', did, waited };
  }
  if (exitCode === 0) return { code: 'exits-with-0', did, found: 'exit code 0' };
  const output = `${stdout}\n${stderr}`;
  if (output.trim() === '')
    return { code: 'says-nothing', did, found: `${exitWords(exitCode)}, and no output` };
  if (!STACK_TRACE.test(output)) return undefined;
  return { code: 'stack-trace', isAdvice: true, did, found: 'a stack trace' };
}

/** As Python, JavaScript, Go and Rust print it. */
const STACK_TRACE =
  /^Traceback \(most recent call last\)|^ +at .+:\d+:\d+\)?$|^goroutine \d+ \[|^thread '.*' .*panicked at /m;
