import { expect, test } from 'vitest';
import type { CheckResult } from '../check.ts';
import { reportOf, result } from '../report/testing/reports.ts';
import { findingText } from './finding-text.ts';
import { reportText } from './report-text.ts';

const failed: CheckResult = {
  ...result('failed', 'RST\u001b[31m'),
  hint: 'it is odd.',
  output: ['one\u0007', 'two'],
  hasEarlierOutput: true,
};

test('a finding is told in this order: found, drawn, printed, what to do; and nothing drives the terminal', () => {
  const text = findingText(failed, { again: 'try again', draw: () => ['a drawing'] });
  expect(text).toBe(`T1 is failed: failed

did       looked
found     RST

a drawing

printed at last, after lines not shown:
    one\\u{7}
    two

usually   it is odd.
matters   Tests want it.
read      docs/protocol.md, T1
again     try again`);
});

test('of a report only the first failure is told', () => {
  const second = { ...failed, check: { ...failed.check, id: 'second' } };
  const report = reportOf(result('passed'), failed, second, result('advice', 'RST'));
  expect(reportText(report, ({ check }) => `told ${check.id}`)).toBe(`ok      T1  is passed
FAILED  T1  is failed
FAILED  T1  is failed
advice  T1  is advice

told is-failed

a & <b>/ as tcp-server: 2 of 4 checks passed (seed 5eed)`);
});

test('where nothing has failed all advice is told', () => {
  const report = reportOf(result('advice', 'RST'));
  expect(reportText(report, ({ check }) => `told ${check.id}`)).toContain('\n\ntold is-advice\n\n');
});
