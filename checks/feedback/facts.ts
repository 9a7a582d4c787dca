import type { CheckResult } from '../check.ts';
import { shownLine } from './shown-line.ts';
import { wrongText } from './wrong-text.ts';

/** One thing that is told of a finding: prose, which may be wrapped anywhere between two words. */
export interface Fact {
  /** As in `did`. */
  readonly label: string;
  readonly text: string;
}

/** What the grader did, and what came of it. */
export function foundFacts({ finding }: CheckResult): Fact[] {
  const { did, waited, found } = finding ?? {};
  const limit = waited && `for ${waited.for}, at most ${secondsOf(waited.ms)}`;
  return facts({ did, waited: limit, found: found && shownLine(found) });
}

/** At which step it went wrong. */
export function stepFacts({ wrong, sinceNs }: CheckResult): Fact[] {
  return facts({ step: wrong && sinceNs ? wrongText(wrong, sinceNs) : undefined });
}

/** Above the lines that the program has printed. */
export const outputLabel = ({ hasEarlierOutput }: CheckResult) =>
  hasEarlierOutput ? 'printed at last, after lines not shown' : 'printed at last';

/** What that usually means, and where to go on reading. */
export function helpFacts({ hint, check }: CheckResult): Fact[] {
  const read = `docs/protocol.md, ${check.statement}`;
  return facts({ usually: hint, matters: check.why, read });
}

/** Those that there are. */
function facts(texts: Readonly<Record<string, string | undefined>>): Fact[] {
  return Object.entries(texts).flatMap(([label, text]) => (text ? [{ label, text }] : []));
}

const secondsOf = (ms: number) => `${Math.round(ms / 100) / 10} s`;
