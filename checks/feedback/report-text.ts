/** A report as a person reads it in a terminal. */
import { callTitle } from '../../lab/explain/calls/call-title.ts';
import { shorten } from '../../lab/explain/packets/preview.ts';
import type { CallStep } from '../../lab/index.ts';
import type { CheckResult, Finding, Report } from '../check.ts';
import { differenceLines } from './bytes.ts';

const marks = { passed: 'ok', advice: 'advice', failed: 'FAILED', 'not-reached': '-' } as const;

/** @param again what has been typed, for the command that repeats a check */
export function reportText(report: Report, again: string): string {
  const { role, program, seed, verdict, why, results } = report;
  const passed = results.filter((one) => one.verdict === 'passed').length;
  const failed = results.find((one) => one.verdict === 'failed');
  return [
    ...results.map(resultLine),
    ...(failed
      ? ['', findingText(failed, `${again} --seed ${seed} --only ${failed.check.id}`)]
      : []),
    '',
    verdict === 'not-graded'
      ? `${program} could not be graded as ${role}: ${why}`
      : `${program} as ${role}: ${passed} of ${results.length} checks passed (seed ${seed})`,
  ].join('\n');
}

function resultLine({ check, verdict }: CheckResult): string {
  return `${marks[verdict].padEnd(6)}  ${check.statement.padEnd(3)} ${check.title}`;
}

/** All that is told of what a check has found. @param again the command that repeats it */
export function findingText(
  { check, verdict, finding, hint, calls, output }: CheckResult,
  again: string,
): string {
  if (finding === undefined) return '';
  return [
    `${check.statement} ${check.title}: ${verdict}`,
    '',
    ...factLines(finding),
    ...section('the latest calls of your program', calls?.map(callText)),
    ...section('what it printed at last', output?.map(printable)),
    '',
    ...(hint ? [`usually: ${hint}`] : []),
    `why it matters: ${check.why}`,
    `read:    docs/protocol.md, ${check.statement}`,
    `again:   ${again}`,
  ].join('\n');
}

function factLines({ did, waited, found, bytes }: Finding): string[] {
  return [
    `did       ${did}`,
    ...(waited ? [`waited    for ${waited.for}, at most ${waited.ms / 1000} s`] : []),
    ...(found ? [`found     ${found}`] : []),
    ...(bytes ? differenceLines(bytes.expected, bytes.received) : []),
  ];
}

/** What was sent tells less than to whom, and how much. */
const CALL_COLUMNS = 100;

const callText = (step: CallStep) => shorten(callTitle(step), CALL_COLUMNS);

function section(head: string, lines: readonly string[] = []): string[] {
  return lines.length === 0 ? [] : ['', `${head}:`, ...lines.map((line) => `    ${line}`)];
}

/** Control characters could drive the terminal (CWE-150). */
function printable(line: string): string {
  const escaped = (char: string) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return line.replace(/[\p{Cc}\p{Cf}]/gu, escaped);
}
