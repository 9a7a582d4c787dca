/** A report as JUnit XML, which CI systems read: a check is a test, and one that was not reached is a skipped one. */
import { escapeMarkup } from '../../lab/util/markup.ts';
import type { CheckResult, Report } from '../check.ts';

/** What is told of a check in full: a failure, or advice. */
export type TextOf = (result: CheckResult) => string;

export function junit(report: Report, textOf: TextOf): string {
  const { role, results, verdict } = report;
  const count = (wanted: CheckResult['verdict']) =>
    results.filter((one) => one.verdict === wanted).length;
  const isGraded = verdict !== 'not-graded';
  const seconds = secondsOf(results.reduce((sum, { tookMs }) => sum + tookMs, 0));
  const counts = attributes({
    tests: isGraded ? results.length : 1,
    failures: count('failed'),
    errors: isGraded ? 0 : 1,
    skipped: count('not-reached'),
    time: seconds,
  });
  const suite = attributes({ name: `socketlab ${role}` });
  const cases = isGraded ? results.map((one) => testCase(report, one, textOf)) : [error(report)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${counts}>`,
    `<testsuite${suite}${counts}>`,
    `<properties><property${attributes({ name: 'seed', value: report.seed })}/></properties>`,
    ...cases,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ role, program }: Report, result: CheckResult, textOf: TextOf): string {
  const { check, verdict, finding, tookMs } = result;
  const about = attributes({
    classname: `${program} as ${role}`,
    name: `${check.statement} ${check.title}`,
    time: secondsOf(tookMs),
  });
  switch (verdict) {
    case 'passed':
      return `<testcase${about}/>`;
    case 'not-reached':
      return `<testcase${about}><skipped message="A check that it stands on has failed"/></testcase>`;
    case 'advice':
      return `<testcase${about}><system-out>${escaped(textOf(result))}</system-out></testcase>`;
    case 'failed': {
      const message = attributes({ message: finding?.found ?? finding?.code ?? '' });
      return `<testcase${about}><failure${message}>${escaped(textOf(result))}</failure></testcase>`;
    }
  }
}

function error({ role, program, why = '' }: Report): string {
  const about = attributes({ classname: `${program} as ${role}`, name: 'can be graded' });
  return `<testcase${about}><error${attributes({ message: why })}/></testcase>`;
}

const secondsOf = (ms: number) => (ms / 1000).toFixed(3);

function attributes(values: Readonly<Record<string, string | number>>): string {
  const entries = Object.entries(values);
  return entries.map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
}

/** XML has no way to write most control characters, nor half of a character (https://www.w3.org/TR/xml/#charsets). */
const FORBIDDEN = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return escapeMarkup(text.replace(FORBIDDEN, '\uFFFD'));
}
