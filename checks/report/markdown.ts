/** A report as GitHub shows it: for `$GITHUB_STEP_SUMMARY`, or a comment. */
import type { CheckResult, Report } from '../check.ts';
import type { TextOf } from './junit.ts';
import { scoreText } from './points.ts';

const marks = { passed: '✅', advice: '💡', failed: '❌', 'not-reached': '–' } as const;

export function markdown(report: Report, textOf: TextOf): string {
  const { role, program, verdict, why = '', results, seed } = report;
  const told = results.filter(({ finding }) => finding !== undefined);
  const title = `${inline(program)} as ${role}`;
  if (verdict === 'not-graded') return `### ❔ ${title}: could not be graded\n\n${fenced(why)}\n`;
  return [
    `### ${marks[verdict]} ${title}: ${scoreText(report)}`,
    '',
    '| | statement | the program |',
    '| --- | --- | --- |',
    ...results.map(row),
    '',
    ...told.flatMap((one) => [fenced(textOf(one)), '']),
    `Seed: ${inline(seed)}`,
    '',
  ].join('\n');
}

function row({ check, verdict }: CheckResult): string {
  return `| ${marks[verdict]} | ${check.statement} | ${check.title.replaceAll('|', '\\|')} |`;
}

/** Anything, as it is: a fence is longer than any in it. */
function fenced(text: string): string {
  const fence = '`'.repeat(longestRun(text, 2) + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function inline(text: string): string {
  const tick = '`'.repeat(longestRun(text, 0) + 1);
  const line = text.replace(/\s+/g, ' ');
  return /^`|`$/.test(line) ? `${tick} ${line} ${tick}` : tick + line + tick;
}

/** How many backticks there are in a row, at least. */
function longestRun(text: string, least: number): number {
  return Math.max(least, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
