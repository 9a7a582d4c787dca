import { expect, test } from 'vitest';
import { junit } from './junit.ts';
import { notGraded, reportOf, result } from './testing/reports.ts';

const text = () => 'received <25> "bytes"\u0000\ud800';

test('each check is a test; one that was not reached is skipped, and advice is no failure', () => {
  const report = reportOf(
    result('passed'),
    result('advice', 'RST'),
    result('failed', '25 bytes'),
    result('not-reached'),
  );
  expect(junit([{ report, textOf: text }])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" errors="0" skipped="1" time="6.000">
<testsuite name="socketlab tcp-server" tests="4" failures="1" errors="0" skipped="1" time="6.000">
<properties><property name="seed" value="5eed"/></properties>
<testcase classname="a &#38; &#60;b&#62;/ as tcp-server" name="T1 is passed" time="1.500"/>
<testcase classname="a &#38; &#60;b&#62;/ as tcp-server" name="T1 is advice" time="1.500"><system-out>received &#60;25&#62; &#34;bytes&#34;\ufffd\ufffd</system-out></testcase>
<testcase classname="a &#38; &#60;b&#62;/ as tcp-server" name="T1 is failed" time="1.500"><failure message="25 bytes">received &#60;25&#62; &#34;bytes&#34;\ufffd\ufffd</failure></testcase>
<testcase classname="a &#38; &#60;b&#62;/ as tcp-server" name="T1 is not-reached" time="1.500"><skipped message="A check that it stands on has failed"/></testcase>
</testsuite>
</testsuites>
`);
});

test('a program that could not be graded is an error, and no failure', () => {
  const xml = junit([{ report: notGraded, textOf: text }]);
  expect(xml).toContain('tests="1" failures="0" errors="1"');
  expect(xml).toContain('<error message="the machine is too busy"/>');
});

test('each program of several is a suite, and their sums are those of all', () => {
  const reports = [reportOf(result('passed')), reportOf(result('failed')), notGraded];
  const xml = junit(reports.map((report) => ({ report, textOf: text })));
  expect(xml).toContain(
    '<testsuites tests="3" failures="1" errors="1" skipped="0" time="3.000">\n<testsuite',
  );
  expect(xml.match(/<testsuite /g)).toHaveLength(3);
});
