/**
 * Grades the programs of many people.
 *
 *     submissions ──some at once──▶ grade ─┬─▶ graded
 *                                          └─▶ not graded ──at the end, one by one──▶ grade ──▶ graded, or not
 */
import { allOver } from '../../lab/util/all-over.ts';
import type { Graded } from '../grade.ts';
import { Turns } from './turns.ts';

export interface ClassOptions<Submission> {
  /** Grades one; when the signal is aborted it ends, and removes all that it has begun. */
  readonly grade: (submission: Submission, signal: AbortSignal) => Promise<Graded>;
  /** How many are graded at once. */
  readonly atOnce: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told of each one, as soon as it is over. What it throws ends the others. */
  readonly onGraded: (submission: Submission, graded: Graded) => Promise<void>;
}

/** @throws the reason of the signal when it is ended by it, and what `grade` and `onGraded` throw. */
export async function gradeClass<Submission>(
  submissions: readonly Submission[],
  { grade, atOnce, signal: interrupted, onGraded }: ClassOptions<Submission>,
): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([interrupted, failure.signal]);
  const again: Submission[] = [];
  const turns = new Turns(atOnce);
  const runs = submissions.map((one) =>
    turns.take(async () => {
      try {
        signal.throwIfAborted();
        const graded = await grade(one, signal);
        if (graded.report.verdict === 'not-graded') again.push(one);
        else await onGraded(one, graded);
      } catch (error) {
        failure.abort(error);
        throw error;
      }
    }),
  );
  await allOver(runs);
  // Usually the machine was too busy: with nothing beside it, it may be fast enough.
  for (const one of again) await onGraded(one, await grade(one, signal));
}
