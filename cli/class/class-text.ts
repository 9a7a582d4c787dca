import type { CheckText, Report } from '../../checks/check.ts';
import { type FailedCheck, summaryOf } from '../../checks/class/summary.ts';
import { scoreOf } from '../../checks/report/points.ts';
import { printable } from '../../lab/util/printable.ts';
import { table } from '../table.ts';

export const verdictWords = {
  passed: 'passed',
  failed: 'FAILED',
  'not-graded': 'not graded',
} as const;

/** How many are listed of the checks that failed most. */
const FAILED_CHECKS_SHOWN = 5;

/** A row for each program, the checks that failed most, and the sum. */
export function classText(reports: readonly Report[]): string {
  const { failedChecks } = summaryOf(reports);
  const rows = reports.map((report) => [
    printable(report.program),
    verdictWords[report.verdict],
    pointsText(report),
    printable(report.why ?? firstFailed(report)),
  ]);
  return [
    table(['NAME', 'RESULT', 'POINTS', 'FIRST FAILED CHECK'], rows),
    ...(failedChecks.length > 0 ? [mostFailed(failedChecks)] : []),
    sumText(reports),
  ].join('\n\n');
}

/** `12 of 30 passed, 17 failed, 1 could not be graded` */
export function sumText(reports: readonly Report[]): string {
  const { passed, failed, notGraded } = summaryOf(reports);
  const others = notGraded > 0 ? `, ${notGraded} could not be graded` : '';
  return `${passed} of ${reports.length} passed, ${failed} failed${others}`;
}

/** `18 of 19`; nothing of one that was not graded. */
export function pointsText(report: Report): string {
  if (report.verdict === 'not-graded') return '';
  const { score, max } = scoreOf(report);
  return `${score} of ${max}`;
}

function firstFailed({ results }: Report): string {
  const failed = results.find(({ verdict }) => verdict === 'failed');
  return failed ? titleOf(failed.check) : '';
}

function mostFailed(checks: readonly FailedCheck[]): string {
  const shown = checks.slice(0, FAILED_CHECKS_SHOWN);
  const rows = shown.map(({ check, programs }) => [String(programs.length), titleOf(check)]);
  return table(['FAILED BY', 'CHECK'], rows);
}

/** `T4 serves one client after the other` */
export const titleOf = ({ statement, title }: Omit<CheckText, 'hints'>): string =>
  `${statement} ${title}`;
