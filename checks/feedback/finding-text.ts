import type { CheckResult } from '../check.ts';
import { differenceLines } from './bytes.ts';
import { type Fact, foundFacts, helpFacts, outputLabel, stepFacts } from './facts.ts';
import { labelled } from './labelled.ts';
import { shownLine } from './shown-line.ts';

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
  const { check, verdict, finding } = result;
  if (finding === undefined) return '';
  const { bytes } = finding;
  return [
    `${check.statement} ${check.title}: ${verdict}`,
    '',
    ...foundFacts(result).flatMap(lines),
    ...(bytes ? differenceLines(bytes.expected, bytes.received) : []),
    ...stepFacts(result).flatMap(lines),
    ...section(draw(result)),
    ...section(outputLines(result)),
    '',
    ...helpFacts(result).flatMap(lines),
    `again     ${again}`,
  ].join('\n');
}

function outputLines(result: CheckResult): string[] {
  const { output = [] } = result;
  return output.length > 0 ? [`${outputLabel(result)}:`, ...output.map(shown)] : [];
}

const lines = ({ label, text }: Fact) => labelled(label, text);

const shown = (line: string) => `    ${shownLine(line)}`;

const section = (lines: readonly string[]) => (lines.length === 0 ? [] : ['', ...lines]);
