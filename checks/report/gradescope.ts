/**
 * A report as the `results.json` that an autograder of Gradescope writes.
 *
 * Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/ ("Output format")
 */
import type { CheckResult, Report } from '../check.ts';
import type { TextOf } from './junit.ts';
import { MAX_POINTS, pointsOf, scoreOf, scoreText } from './points.ts';

export interface GradescopeResults {
  readonly score: number;
  /** In seconds. */
  readonly execution_time: number;
  readonly output: string;
  readonly output_format: 'text';
  readonly visibility: 'visible';
  readonly tests: readonly GradescopeTest[];
}

export interface GradescopeTest {
  readonly name: string;
  readonly status: 'passed' | 'failed';
  readonly score: number;
  readonly max_score: number;
  readonly output?: string;
  /** Shown as it is, in a fixed-width font. */
  readonly output_format: 'text';
}

/** @param report of a program that was graded: Gradescope takes a score from any file that it can read */
export function gradescope(report: Report, textOf: TextOf): GradescopeResults {
  const { role, program, seed, results } = report;
  const tookMs = results.reduce((sum, one) => sum + one.tookMs, 0);
  return {
    score: scoreOf(report).score,
    execution_time: tookMs / 1000,
    output: `${program} as ${role}: ${scoreText(report)} (seed ${seed})`,
    output_format: 'text',
    visibility: 'visible',
    tests: results.map((one) => testOf(one, textOf)),
  };
}

function testOf(result: CheckResult, textOf: TextOf): GradescopeTest {
  const { check } = result;
  const score = pointsOf(result);
  const output = outputOf(result, textOf);
  return {
    name: `${check.statement} ${check.title}`,
    status: score === MAX_POINTS ? 'passed' : 'failed',
    score,
    max_score: MAX_POINTS,
    ...(output !== undefined && { output }),
    output_format: 'text',
  };
}

function outputOf(result: CheckResult, textOf: TextOf): string | undefined {
  if (result.verdict === 'not-reached')
    return 'Not checked, because a check that it stands on has failed.';
  return result.finding && textOf(result);
}
