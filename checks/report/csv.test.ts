import { expect, test } from 'vitest';
import { csv } from './csv.ts';
import { notGraded, reportOf, result } from './testing/reports.ts';

test('a program is a row, and a check is a column; one that was not graded has no points', () => {
  const results = [result('passed'), result('advice'), result('failed'), result('not-reached')];
  const reports = [
    { ...reportOf(...results), program: 'alice' },
    { ...notGraded, program: 'bob' },
  ];
  expect(csv(reports)).toBe(
    [
      '\u{feff}name,verdict,points,of,first failed check,why not graded,is-passed,is-advice,is-failed,is-not-reached',
      'alice,failed,2,4,is failed,,passed,advice,failed,not-reached',
      'bob,not-graded,,,,the machine is too busy,,,,',
      '',
    ].join('\r\n'),
  );
});

test.for([
  ['a,b', '"a,b"'],
  ['say "hello"', '"say ""hello"""'],
  ['=HYPERLINK(1)', "'=HYPERLINK(1)"],
  ['@a,b', `"'@a,b"`],
] as const)('a program called %s is written as %s', ([program, written]) => {
  const [, row] = csv([{ ...reportOf(), program }]).split('\r\n');
  expect(row).toBe(`${written},passed,0,0,,`);
});
