/** A report as points, for systems that keep a book of grades: each check is worth one. */
import type { CheckResult, Report } from '../check.ts';

export const MAX_POINTS = 1;

/** Advice is no failure. A check that was not reached has not been passed. */
export const pointsOf = ({ verdict }: CheckResult): number =>
  verdict === 'passed' || verdict === 'advice' ? MAX_POINTS : 0;

export function scoreOf({ results }: Pick<Report, 'results'>): {
  readonly score: number;
  readonly max: number;
} {
  const score = results.reduce((sum, one) => sum + pointsOf(one), 0);
  return { score, max: results.length * MAX_POINTS };
}

/** `17 of 19 checks passed`. */
export function scoreText(report: Pick<Report, 'results'>): string {
  const { score, max } = scoreOf(report);
  return `${score} of ${max} checks passed`;
}
