/** What has become of each check, with the evidence of its finding. */
import type { LabEvent } from '../../lab/index.ts';
import type { CheckResult, CheckText, Finding, Verdict } from '../check.ts';
import { Evidence } from '../evidence/evidence.ts';
import { limitHints } from '../program/limits-hit.ts';
import { silenceHint } from '../program/silence.ts';

/** What a check has found, and where to look for what the program did. */
export interface Outcome {
  /** Of the check. */
  readonly id: string;
  readonly finding?: Finding;
  /** The names of the hosts on which the program ran. */
  readonly hosts: readonly string[];
  /** Milliseconds since 1970. */
  readonly beganMs: number;
  readonly endedMs: number;
  /** Whether the program had ended by then. Default: it had not. */
  readonly hasEnded?: boolean;
}

export const isFailure = ({ finding }: Pick<Outcome, 'finding'>) =>
  finding !== undefined && !finding.isAdvice;

/** @param events of the whole run */
export function resultsOf(
  checks: readonly CheckText[],
  outcomes: readonly Outcome[],
  events: readonly LabEvent[],
): CheckResult[] {
  const hosts = outcomes.flatMap((outcome) => outcome.hosts);
  const hasFound = outcomes.some(({ finding }) => finding);
  const evidence = hasFound ? new Evidence(events, hosts) : undefined;
  return checks.map(({ id, statement, layer, title, why, hints }) => {
    const check = { id, statement, layer, title, why };
    const outcome = outcomes.find((one) => one.id === id);
    if (outcome === undefined) return { check, verdict: 'not-reached', tookMs: 0 };
    const { finding, beganMs, endedMs } = outcome;
    const tookMs = endedMs - beganMs;
    if (finding === undefined) return { check, verdict: 'passed', tookMs };
    const hint = hints?.[finding.code] ?? generalHints[finding.code];
    const verdict: Verdict = finding.isAdvice ? 'advice' : 'failed';
    const found = evidence?.of({ hasEnded: false, ...outcome, finding });
    return { check, verdict, finding, ...(hint && { hint }), ...found, tookMs };
  });
}

/** Of what may be found in any check. */
const generalHints: Readonly<Record<string, string>> = {
  'program-ended':
    'an error that nobody handles has ended it, and its last lines of output say which. Or, with exit code 0, it has come to its last line: what serves clients belongs in a loop.',
  'gone-after-silence': silenceHint,
  'in-background':
    'fork, daemon, or & in a script puts the server into the background, and the program ends. Its host ends with it: serve in the process that was started, or let it wait for the other one.',
  ...limitHints,
};
