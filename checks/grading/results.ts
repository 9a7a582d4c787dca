/** What has become of each check, with the evidence of its finding. */
import { type CallStep, type LabEvent, Timeline } from '../../lab/index.ts';
import type { CheckResult, CheckText, Finding, Verdict } from '../check.ts';

const CALLS_SHOWN = 8;
const LINES_SHOWN = 5;
/** More than a run has, as the recording is bounded. */
const STEPS_MAX = 200_000;

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
}

export const isFailure = ({ finding }: Pick<Outcome, 'finding'>) =>
  finding !== undefined && !finding.isAdvice;

/** @param events of the whole run */
export function resultsOf(
  checks: readonly CheckText[],
  outcomes: readonly Outcome[],
  events: readonly LabEvent[],
): CheckResult[] {
  const evidence = outcomes.some(({ finding }) => finding) ? new Evidence(events) : undefined;
  return checks.map(({ id, statement, layer, title, why, hints }) => {
    const check = { id, statement, layer, title, why };
    const outcome = outcomes.find((one) => one.id === id);
    if (outcome === undefined) return { check, verdict: 'not-reached', tookMs: 0 };
    const { finding, beganMs, endedMs } = outcome;
    const tookMs = endedMs - beganMs;
    if (finding === undefined) return { check, verdict: 'passed', tookMs };
    const hint = hints?.[finding.code] ?? generalHints[finding.code];
    const verdict: Verdict = finding.isAdvice ? 'advice' : 'failed';
    return { check, verdict, finding, ...(hint && { hint }), ...evidence?.of(outcome), tookMs };
  });
}

/** Of what may be found in any check. */
const generalHints: Readonly<Record<string, string>> = {
  'program-ended': 'an error that nobody handles, or the end of the program is reached.',
};

/** What the program has done, by a recording. */
class Evidence {
  readonly #events: readonly LabEvent[];
  readonly #timeline = new Timeline({ latenessMs: 5000, stepsKept: STEPS_MAX });

  constructor(events: readonly LabEvent[]) {
    this.#events = events;
    for (const event of events) this.#timeline.add(event);
    this.#timeline.end();
  }

  /** By the end of a check. */
  of({ hosts, endedMs }: Outcome): Pick<CheckResult, 'calls' | 'output'> {
    const isBefore = ({ host, atNs }: { host: string; atNs: string }) =>
      hosts.includes(host) && BigInt(atNs) <= BigInt(endedMs) * 1_000_000n;
    const calls = this.#timeline.steps.filter(
      (step): step is CallStep => step.kind === 'call' && isBefore(step),
    );
    const lines = this.#events.flatMap((event) =>
      event.kind === 'log' && isBefore(event) ? event.line : [],
    );
    return { calls: calls.slice(-CALLS_SHOWN), output: lines.slice(-LINES_SHOWN) };
  }
}
