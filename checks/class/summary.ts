import type { CheckText, Report } from '../check.ts';

/** How a class did. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly notGraded: number;
  /** Those that somebody failed: first the one that most did, and of equals the one that others stand on. */
  readonly failedChecks: readonly FailedCheck[];
}

export interface FailedCheck {
  readonly check: Omit<CheckText, 'hints'>;
  /** The names of those who failed it. */
  readonly programs: readonly string[];
}

export function summaryOf(reports: readonly Report[]): Summary {
  const count = (wanted: Report['verdict']) =>
    reports.filter(({ verdict }) => verdict === wanted).length;
  const failed = checksIn(reports).map((check) => {
    const has = ({ results }: Report) =>
      results.some((one) => one.check.id === check.id && one.verdict === 'failed');
    return { check, programs: reports.filter(has).map(({ program }) => program) };
  });
  return {
    passed: count('passed'),
    failed: count('failed'),
    notGraded: count('not-graded'),
    failedChecks: failed
      .filter(({ programs }) => programs.length > 0)
      .toSorted((a, b) => b.programs.length - a.programs.length),
  };
}

/** The checks that the programs of a class were asked, which are the same for all; none where none was graded. */
export function checksIn(reports: readonly Report[]): Omit<CheckText, 'hints'>[] {
  const { results = [] } = reports.find((one) => one.results.length > 0) ?? {};
  return results.map(({ check }) => check);
}
