/**
 * Grades the programs of many people in one role.
 *
 *     submissions ──some at once──▶ grade() ─┬─▶ graded
 *                                            └─▶ not graded ──at the end, one by one──▶ grade() ──▶ graded, or not
 */
import { allOver } from '../../lab/util/all-over.ts';
import { Slots } from '../../lab/util/slots.ts';
import { type Graded, grade } from '../grade.ts';
import { buildProgram } from '../program/build.ts';
import { BuildError } from '../program/build-error.ts';
import type { Role } from '../roles/role.ts';

/** What somebody has handed in. */
export interface Submission {
  /** What it is called in reports: no other one of the class has the same. */
  readonly name: string;
  /** A folder, or a file. */
  readonly path: string;
}

export interface ClassOptions {
  /** All are asked the same. */
  readonly seed: string;
  /** How many are graded at once. */
  readonly atOnce: number;
  /** Ends it, and removes all that it has begun. */
  readonly signal: AbortSignal;
  /** Told of each one, as soon as it is over. What it throws ends the others. */
  readonly onGraded: (submission: Submission, graded: Graded) => Promise<void>;
}

/** @throws the reason of the signal when it is ended by it, and what `onGraded` throws. */
export async function gradeClass(
  role: Role<unknown>,
  submissions: readonly Submission[],
  { seed, atOnce, signal: interrupted, onGraded }: ClassOptions,
): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([interrupted, failure.signal]);
  const tell = (one: Submission, graded: Graded) =>
    onGraded(one, graded).catch((error) => {
      failure.abort(error);
      throw error;
    });
  const again: Submission[] = [];
  const slots = new Slots(atOnce);
  const runs = submissions.map((one) =>
    slots.take(async () => {
      const graded = await gradeOne(role, one, { seed, signal });
      if (graded.report.verdict === 'not-graded') again.push(one);
      else await tell(one, graded);
    }),
  );
  await allOver(runs);
  // Usually the machine was too busy: with nothing beside it, it may be fast enough.
  for (const one of again) await tell(one, await gradeOne(role, one, { seed, signal }));
}

async function gradeOne(
  role: Role<unknown>,
  { name, path }: Submission,
  options: Pick<ClassOptions, 'seed' | 'signal'>,
): Promise<Graded> {
  const { signal, seed } = options;
  signal.throwIfAborted();
  try {
    const build = () => buildProgram(path, { signal }).catch(noProgram);
    return await grade(role, { program: name, build, seed, signal });
  } catch (error) {
    signal.throwIfAborted();
    // Whatever it is, the others are graded all the same.
    const why = error instanceof Error ? error.message : String(error);
    const about = { role: role.name, program: name, seed };
    return { report: { ...about, verdict: 'not-graded', why, results: [] }, events: [] };
  }
}

/** Who hands in what is no program has failed, and is told so. */
function noProgram(error: unknown): never {
  if (error instanceof TypeError) throw new BuildError(error.message, { cause: error });
  throw error;
}
