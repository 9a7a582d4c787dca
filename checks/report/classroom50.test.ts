import { expect, test } from 'vitest';
import { classroom50, submissionOf } from './classroom50.ts';
import { reportOf, result } from './testing/reports.ts';

/** As its runner sets it. */
const env = {
  CLASSROOM: 'networks',
  ASSIGNMENT: 'tcp-server',
  ASSIGNMENT_TYPE: 'individual',
  OWNER: 'alice',
  SUBMISSION_TAG: 'submit/2026-11-28T10-00-00Z-a1b2c3d',
  COMMIT_URL: 'https://github.com/org/networks-tcp-server-alice/commit/a1b2c3d',
  RELEASE_URL: 'https://github.com/org/networks-tcp-server-alice/releases/tag/submit',
  REVIEW_URL: 'https://github.com/org/networks-tcp-server-alice/compare/0...a1b2c3d',
};
const report = reportOf(
  result('passed'),
  result('advice', 'RST'),
  result('failed', '25 bytes'),
  result('not-reached'),
);
const graded = classroom50(report, () => 'found RST', {
  submission: submissionOf(env),
  gradedAt: new Date('2026-11-28T10:00:01.234Z'),
});

/** https://github.com/foundation50/classroom50/blob/main/schemas/result-v1.schema.json: what it requires, and nothing else, which it forbids. */
const nonEmpty = expect.stringMatching(/./);
const documented = {
  schema: 'classroom50/result/v1',
  classroom: nonEmpty,
  assignment: nonEmpty,
  assignment_type: expect.stringMatching(/^(individual|group)$/),
  owner: nonEmpty,
  submission: expect.stringMatching(/^submit\//),
  commit: nonEmpty,
  release: nonEmpty,
  review: nonEmpty,
  datetime: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/),
  score: expect.any(Number),
  'max-score': expect.any(Number),
  tests: expect.any(Array),
};
const documentedTest = {
  'test-name': nonEmpty,
  passed: expect.any(Boolean),
  score: expect.any(Number),
  'max-score': expect.any(Number),
};

test('a result has the members that the schema of Classroom 50 requires, and no other', () => {
  expect(JSON.parse(JSON.stringify(graded))).toStrictEqual(documented);
  for (const one of graded.tests) expect(one).toMatchObject(documentedTest);
});

test('points are whole numbers, and a score is their sum', () => {
  const points = graded.tests.map((one) => one.score);
  expect(points).toEqual([1, 1, 0, 0]);
  expect(graded.tests.map(({ passed }) => passed)).toEqual([true, true, false, false]);
  expect([graded.score, graded['max-score']]).toEqual([2, 4]);
});

test('what was found is told of each test that has a finding', () => {
  const told = [undefined, 'found RST', 'found RST', undefined];
  expect(graded.tests.map(({ output }) => output)).toEqual(told);
});

test('outside of an autograder, what is missing is named', () => {
  const { OWNER: _, ...rest } = env;
  expect(() => submissionOf(rest)).toThrow('OWNER must be set, but is not');
  expect(() => submissionOf({})).toThrow('CLASSROOM, ASSIGNMENT,');
});
