import type { CheckResult, Finding } from '../check.ts';
import { differenceLines } from './bytes.ts';
import { labelled } from './labelled.ts';
import { printable } from './printable.ts';
import { wrongText } from './wrong-text.ts';

export interface FindingTextOptions {
  /** The command that repeats the check. */
  readonly again: string;
  /** Draws the part of the timeline around the step at which it went wrong. Default: it is left out. */
  readonly draw?: (result: CheckResult) => readonly string[];
}

/** All that is told of what a check has found: less than 2,000 characters, but for what the program has printed. */
export function findingText(
  result: CheckResult,
  { again, draw = () => [] }: FindingTextOptions,
): string {
  const { check, verdict, finding, hint, wrong, sinceNs } = result;
  if (finding === undefined) return '';
  return [
    `${check.statement} ${check.title}: ${verdict}`,
    '',
    ...factLines(finding),
    ...(wrong && sinceNs ? labelled('step', wrongText(wrong, sinceNs)) : []),
    ...section(draw(result)),
    ...section(outputLines(result)),
    '',
    ...(hint ? labelled('usually', hint) : []),
    ...labelled('matters', check.why),
    ...labelled('read', `docs/protocol.md, ${check.statement}`),
    `again     ${again}`,
  ].join('\n');
}

function factLines({ did, waited, found, bytes }: Finding): string[] {
  return [
    ...labelled('did', did),
    ...(waited ? labelled('waited', `for ${waited.for}, at most ${secondsOf(waited.ms)}`) : []),
    ...(found ? labelled('found', printable(found)) : []),
    ...(bytes ? differenceLines(bytes.expected, bytes.received) : []),
  ];
}

function outputLines({ output = [], hasEarlierOutput }: CheckResult): string[] {
  const heading = hasEarlierOutput ? 'printed at last, after lines not shown:' : 'printed at last:';
  return output.length > 0 ? [heading, ...output.map(shown)] : [];
}

const secondsOf = (ms: number) => `${Math.round(ms / 100) / 10} s`;

const shown = (line: string) => `    ${printable(line)}`;

const section = (lines: readonly string[]) => (lines.length === 0 ? [] : ['', ...lines]);
