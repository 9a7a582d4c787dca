import { expect, test } from 'vitest';
import { annotations, withoutCommands } from './github.ts';
import { notGraded, reportOf, result } from './testing/reports.ts';

test('a failure is an error beside the file, and advice is a notice', () => {
  const report = reportOf(result('passed'), result('advice', 'x'), result('failed', 'y'));
  expect(annotations(report, ({ verdict }) => verdict, 'my-server/main.py')).toEqual([
    '::notice file=my-server/main.py,title=T1 is advice::advice',
    '::error file=my-server/main.py,title=T1 is failed::failed',
  ]);
});

test('what would end a message or a property is escaped', () => {
  const report = reportOf(result('failed', 'x'));
  expect(annotations(report, () => '100 %\r\n::error::', 'a:b,c')).toEqual([
    '::error file=a%3Ab%2Cc,title=T1 is failed::100 %25%0D%0A::error::',
  ]);
});

test('a program that could not be graded is warned of, and no error', () => {
  expect(annotations(notGraded, () => '')).toEqual([
    '::warning title=a & <b>/ could not be graded as tcp-server::the machine is too busy',
  ]);
});

test('no command works in a text between the two lines of a token', () => {
  expect(withoutCommands('  ::error::', 't0ken')).toBe(
    '::stop-commands::t0ken\n  ::error::\n::t0ken::',
  );
});
