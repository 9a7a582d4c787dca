import { expect, test } from 'vitest';
import { notGraded, reportOf, result } from '../../checks/report/testing/reports.ts';
import { classPage } from './class-page.ts';
import { classText } from './class-text.ts';

const alice = { ...reportOf(result('passed'), result('advice')), program: 'alice' };
const bob = { ...reportOf(result('failed'), result('not-reached')), program: '<b>bob</b>' };
const carol = { ...notGraded, program: 'carol' };

test('a class is a row for each, in the order in which they were typed, and what failed most', () => {
  expect(classText([bob, alice, carol])).toBe(`\
NAME        RESULT      POINTS  FIRST FAILED CHECK
<b>bob</b>  FAILED      0 of 2  T1 is failed
alice       passed      2 of 2
carol       not graded          the machine is too busy

FAILED BY  CHECK
1          T1 is failed

1 of 3 passed, 1 failed, 1 could not be graded`);
});

test('on the page a name leads to what happened, but for one that was not graded', () => {
  const page = classPage([bob, alice, carol], (program) => `programs/${program.length}.html`);
  expect(page).toContain(
    '<title>tcp-server: 1 of 3 passed, 1 failed, 1 could not be graded</title>',
  );
  expect(page).toContain('<a href="programs/10.html">&#60;b&#62;bob&#60;/b&#62;</a>');
  expect(page).toContain('<a href="programs/5.html">alice</a>');
  expect(page.match(/<a /g)).toHaveLength(2);
  expect(page).toContain('the machine is too busy');
});
