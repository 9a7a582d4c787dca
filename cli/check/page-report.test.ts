import { expect, test } from 'vitest';
import { reportOf, result } from '../../checks/report/testing/reports.ts';
import { pageReport } from './page-report.ts';

test('advice counts as passed, and each finding has the command that repeats it', () => {
  const report = reportOf(result('passed'), result('advice', 'RST'));
  const page = pageReport(report, ({ check }) => `again ${check.id}`);
  expect(page.title).toBe('a & <b>/ as tcp-server: 2 of 2 checks passed');
  expect(page.entries[0]).toEqual({ mark: 'passed', title: 'T1 is passed' });
  expect(page.entries[1]?.facts).toContainEqual({
    label: 'again',
    text: 'again is-advice',
    isVerbatim: true,
  });
});
