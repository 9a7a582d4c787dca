import { expect, test } from 'vitest';
import { gradescope } from './gradescope.ts';
import { reportOf, result } from './testing/reports.ts';

const report = reportOf(
  result('passed'),
  result('advice', 'RST'),
  result('failed', '25 bytes'),
  result('not-reached'),
);
const results = gradescope(report, () => 'found RST');

/** "Output String Formatting", "Controlling Test Case Visibility" and "Test case status" of the specifications below. */
const format = expect.stringMatching(/^(text|html|simple_format|md|ansi)$/);
const visibility = expect.stringMatching(/^(hidden|after_due_date|after_published|visible)$/);
const status = expect.stringMatching(/^(passed|failed)$/);

/** https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format": all members, of which each may be left out. */
const documented = {
  score: expect.any(Number),
  execution_time: expect.any(Number),
  output: expect.any(String),
  output_format: format,
  test_output_format: format,
  test_name_format: format,
  visibility,
  stdout_visibility: visibility,
  extra_data: expect.any(Object),
  tests: expect.any(Array),
  leaderboard: expect.any(Array),
};
const documentedTest = {
  score: expect.any(Number),
  max_score: expect.any(Number),
  status,
  name: expect.any(String),
  name_format: format,
  number: expect.any(String),
  output: expect.any(String),
  output_format: format,
  tags: expect.any(Array),
  visibility,
  extra_data: expect.any(Object),
};

test('results have only members that Gradescope documents, with values as it documents them', () => {
  const written = JSON.parse(JSON.stringify(results));
  expect({ ...documented, ...written }).toEqual(documented);
  for (const one of written.tests) expect({ ...documentedTest, ...one }).toEqual(documentedTest);
});

test('the score is the sum of the points, and a check that was not reached has none', () => {
  expect(results.score).toBe(2);
  expect(results.tests.map(({ score, max_score }) => [score, max_score])).toEqual([
    [1, 1],
    [1, 1],
    [0, 1],
    [0, 1],
  ]);
  const statuses = ['passed', 'passed', 'failed', 'failed'];
  expect(results.tests.map(({ status }) => status)).toEqual(statuses);
});

test('each test says what was found, or why it was not checked', () => {
  expect(results.output).toBe('a & <b>/ as tcp-server: 2 of 4 checks passed (seed 5eed)');
  expect(results.tests.map(({ output }) => output)).toEqual([
    undefined,
    'found RST',
    'found RST',
    'Not checked, because a check that it stands on has failed.',
  ]);
});
