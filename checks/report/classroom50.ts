/**
 * A report as the `result.json` that an autograder of Classroom 50 writes.
 *
 * Source: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding ("The `result.json` contract", "Contract"),
 * and schemas/result-v1.schema.json in that repository.
 */
import type { CheckResult, Report } from '../check.ts';
import type { TextOf } from './junit.ts';
import { MAX_POINTS, pointsOf, scoreOf } from './points.ts';

/** What the runner of Classroom 50 sets for an autograder, by the member of the result that it goes into. */
const variables = {
  classroom: 'CLASSROOM',
  assignment: 'ASSIGNMENT',
  assignment_type: 'ASSIGNMENT_TYPE',
  owner: 'OWNER',
  submission: 'SUBMISSION_TAG',
  commit: 'COMMIT_URL',
  release: 'RELEASE_URL',
  review: 'REVIEW_URL',
} as const;

/** Whose submission is graded. */
export type Submission = { readonly [Member in keyof typeof variables]: string };

/** Points are whole numbers. */
export interface Classroom50Result extends Submission {
  readonly schema: 'classroom50/result/v1';
  /** In UTC, to the second. The runner replaces it by the time of the commit. */
  readonly datetime: string;
  readonly score: number;
  readonly 'max-score': number;
  readonly tests: readonly Classroom50Test[];
}

export interface Classroom50Test {
  readonly 'test-name': string;
  readonly passed: boolean;
  readonly score: number;
  readonly 'max-score': number;
  /** Not of the schema, which lets a test have more. */
  readonly output?: string;
}

/** @throws {TypeError} outside of an autograder of Classroom 50. */
export function submissionOf(env: Readonly<Record<string, string | undefined>>): Submission {
  const missing = Object.values(variables).filter((name) => !env[name]);
  if (missing.length > 0)
    throw new TypeError(
      `A result for Classroom 50 names the submission, as its runner does in the environment: ${missing.join(', ')} must be set, but ${missing.length === 1 ? 'is' : 'are'} not`,
    );
  const values = Object.entries(variables).map(([member, name]) => [member, env[name]]);
  return Object.fromEntries(values);
}

/** @param report of a program that was graded: where an autograder fails, Classroom 50 notes an error, and no score */
export function classroom50(
  report: Report,
  textOf: TextOf,
  { submission, gradedAt }: { readonly submission: Submission; readonly gradedAt: Date },
): Classroom50Result {
  const { score, max } = scoreOf(report);
  return {
    schema: 'classroom50/result/v1',
    ...submission,
    datetime: gradedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    score,
    'max-score': max,
    tests: report.results.map((one) => testOf(one, textOf)),
  };
}

function testOf(result: CheckResult, textOf: TextOf): Classroom50Test {
  const { check, finding } = result;
  const score = pointsOf(result);
  return {
    'test-name': `${check.statement} ${check.title}`,
    passed: score === MAX_POINTS,
    score,
    'max-score': MAX_POINTS,
    ...(finding && { output: textOf(result) }),
  };
}
