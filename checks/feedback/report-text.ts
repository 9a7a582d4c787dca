/** A report as a person reads it in a terminal. */
import type { CheckResult, Report, Verdict } from '../check.ts';
import { scoreText } from '../report/points.ts';

const marks: Readonly<Record<Verdict, string>> = {
  passed: 'ok',
  advice: 'advice',
  failed: 'FAILED',
  'not-reached': '-',
};

/**
 * The first failure is told in full; so is advice, where nothing has failed.
 *
 * @param report what became of the program
 * @param textOf what is told of it
 */
export function reportText(report: Report, textOf: (result: CheckResult) => string): string {
  const { role, program, seed, verdict, why, results } = report;
  const failed = results.find((one) => one.verdict === 'failed');
  const told = failed ? [failed] : results.filter((one) => one.verdict === 'advice');
  return [
    ...results.map(resultLine),
    ...told.flatMap((one) => ['', textOf(one)]),
    '',
    verdict === 'not-graded'
      ? `${program} could not be graded as ${role}: ${why}`
      : `${program} as ${role}: ${scoreText(report)} (seed ${seed})`,
  ].join('\n');
}

function resultLine({ check, verdict }: CheckResult): string {
  return `${marks[verdict].padEnd(6)}  ${check.statement.padEnd(3)} ${check.title}`;
}
