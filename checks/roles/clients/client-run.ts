/** A client that is graded, from its first socket call to its end. */
import type { CallEvent } from '../../../lab/index.ts';
import { msOf } from '../../../lab/util/nanoseconds.ts';
import type { Finding } from '../../check.ts';
import { exitWords } from '../../program/exit-words.ts';
import type { Instance } from '../../program/instance.ts';
import type { Output } from '../../program/output.ts';

export interface ClientRun extends Output {
  /** Undefined: it was still running when its time was up. */
  readonly exitCode?: number;
  /** From its first socket call to its end, in milliseconds; undefined as the exit code is. */
  readonly lifeMs?: number;
  readonly calls: readonly CallEvent[];
}

const LOOK_EVERY_MS = 200;
/** An engine that is busy may notice late that a program has ended; when it did, is known. */
const NOTICED_MS = 3000;

/** What a client has done by its end, at most `timeoutMs` from now on. */
export async function endOf(program: Instance, timeoutMs: number): Promise<ClientRun> {
  const hasEnded = await program.ended({ timeoutMs });
  return runOf(program, hasEnded);
}

/**
 * What a client has done by its end, at most `timeoutMs` after its first socket call: to start an interpreter takes time that is not
 * the program's. If it makes no call, after now.
 */
export async function endSinceFirstCall(program: Instance, timeoutMs: number): Promise<ClientRun> {
  let since = performance.now();
  let hasBegun = false;
  while (performance.now() - since < timeoutMs) {
    if (await program.ended({ timeoutMs: LOOK_EVERY_MS })) break;
    if (hasBegun || program.calls.length === 0) continue;
    hasBegun = true;
    since = performance.now();
  }
  if (!(await program.ended({ timeoutMs: NOTICED_MS }))) return runOf(program, false);
  return runOf(program, lifeOf(program) <= timeoutMs);
}

function runOf(program: Instance, isInTime: boolean): ClientRun {
  const { stdout, stderr } = program.output;
  const { calls, host } = program;
  const end = { exitCode: host.exitCode, lifeMs: lifeOf(program) };
  return { stdout, stderr, calls, ...(isInTime && end) };
}

/** How long a program that has ended lived after its first socket call, in milliseconds; 0 if it made none. */
export function lifeOf({ host: { finishedAt }, calls: [first] }: Instance): number {
  return finishedAt && first ? finishedAt.getTime() - msOf(first.atNs) : 0;
}

/** Whether a client that has got all that it needs has ended, and with 0. */
export function endFinding(
  { exitCode }: ClientRun,
  { did, timeoutMs }: { readonly did: string; readonly timeoutMs: number },
): Finding | undefined {
  if (exitCode === 0) return undefined;
  if (exitCode === undefined)
    return { code: 'still-running', did, waited: { for: 'the program to end', ms: timeoutMs } };
  return { code: 'other-exit-code', did, found: exitWords(exitCode) };
}
