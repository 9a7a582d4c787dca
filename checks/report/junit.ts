/** Reports as JUnit XML, which CI systems read: a check is a test, and one that was not reached is a skipped one. */
import { escapeMarkup } from '../../lab/util/markup.ts';
import type { CheckResult, Report } from '../check.ts';

/** What is told of a check in full: a failure, or advice. */
export type TextOf = (result: CheckResult) => string;

/** A report, and what is told of its checks. */
export interface ToldReport {
  readonly report: Report;
  readonly textOf: TextOf;
}

/** A suite each. */
export function junit(told: readonly ToldReport[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(countsOf(told.map(({ report }) => report)))}>`,
    ...told.flatMap(suite),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite({ report, textOf }: ToldReport): string[] {
  const { role, results, seed } = report;
  const about = attributes({ name: `socketlab ${role}`, ...countsOf([report]) });
  const cases = isGraded(report)
    ? results.map((one) => testCase(report, one, textOf))
    : [error(report)];
  const property = attributes({ name: 'seed', value: seed });
  return [
    `<testsuite${about}>`,
    `<properties><property${property}/></properties>`,
    ...cases,
    '</testsuite>',
  ];
}

function countsOf(reports: readonly Report[]): Readonly<Record<string, string | number>> {
  const results = reports.flatMap((one) => one.results);
  const errors = reports.filter((one) => !isGraded(one)).length;
  const count = (wanted: CheckResult['verdict']) =>
    results.filter((one) => one.verdict === wanted).length;
  return {
    tests: results.length + errors,
    failures: count('failed'),
    errors,
    skipped: count('not-reached'),
    time: secondsOf(results.reduce((sum, { tookMs }) => sum + tookMs, 0)),
  };
}

const isGraded = ({ verdict }: Report) => verdict !== 'not-graded';

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
