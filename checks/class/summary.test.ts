import { expect, test } from 'vitest';
import type { Report, Verdict } from '../check.ts';
import { notGraded, reportOf, result } from '../report/testing/reports.ts';
import { checksIn, summaryOf } from './summary.ts';

const reportBy = (program: string, verdicts: Readonly<Record<string, Verdict>>): Report => {
  const results = Object.entries(verdicts).map(([id, verdict]) => {
    const one = result(verdict);
    return { ...one, check: { ...one.check, id } };
  });
  return { ...reportOf(...results), program };
};

const reports = [
  notGraded,
  reportBy('alice', { builds: 'passed', greeting: 'passed', sigterm: 'advice' }),
  reportBy('bob', { builds: 'failed', greeting: 'not-reached', sigterm: 'not-reached' }),
  reportBy('carol', { builds: 'passed', greeting: 'passed', sigterm: 'failed' }),
  reportBy('dave', { builds: 'passed', greeting: 'passed', sigterm: 'failed' }),
];

test('the check that most failed comes first, with the names of those who did', () => {
  const { failedChecks, ...counts } = summaryOf(reports);
  expect(counts).toEqual({ passed: 1, failed: 3, notGraded: 1 });
  const failed = failedChecks.map(({ check, programs }) => [check.id, ...programs]);
  expect(failed).toEqual([
    ['sigterm', 'carol', 'dave'],
    ['builds', 'bob'],
  ]);
});

test('the checks of a class are those of a program that was graded', () => {
  expect(checksIn(reports).map(({ id }) => id)).toEqual(['builds', 'greeting', 'sigterm']);
  expect(checksIn([notGraded])).toEqual([]);
});
