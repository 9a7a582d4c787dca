import type { CheckResult } from '../../checks/check.ts';
import { isAfter, type Wrong } from '../../checks/wrong.ts';
import { Diagram } from '../../lab/diagram/diagram.ts';
import type { Paint } from '../../lab/diagram/styles.ts';
import { symbolsFor } from '../../lab/diagram/symbols.ts';

/** Wider, and the two lifelines are too far apart to be read as one picture. */
const WIDTH_MAX = 80;

/** The steps around the one at which a program went wrong, as a sequence diagram in which that step is marked. */
export function findingDiagram(
  { steps = [], wrong, sinceNs }: CheckResult,
  paint: Paint,
): string[] {
  const { stdout, env } = process;
  const symbols = symbolsFor(env);
  const diagram = new Diagram({
    size: () => ({ width: Math.min(stdout.columns ?? WIDTH_MAX, WIDTH_MAX) }),
    symbols,
    paint,
    hosts: wrong ? [wrong.step.host] : [],
    zeroNs: sinceNs,
    explain: (step) => (step.id === wrong?.step.id ? noteOf(wrong) : undefined),
  });
  return [...diagram.add(steps), ...diagram.flush()].map((line) => line.trimEnd());
}

const noteOf = (wrong: Wrong) => `^ ${isAfter(wrong) ? 'after this' : 'here'} it went wrong`;
