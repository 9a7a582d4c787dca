import { type CallStep, type LabEvent, type Step, Timeline } from '../../lab/index.ts';
import type { CheckResult, Finding } from '../check.ts';
import { excerpt } from './excerpt.ts';
import { lastLines } from './last-lines.ts';
import { wrongStep } from './wrong-step.ts';

/** As many as the error of an interpreter has: that of Node.js has 11. */
const LINES_SHOWN = 12;
/** Far more than the run of a program that is right has; of a flood the latest are kept. */
const STEPS_MAX = 200_000;

/** A check that has found something. */
export interface Found {
  readonly finding: Finding;
  /** The names of the hosts on which the program ran. */
  readonly hosts: readonly string[];
  /** When it began, and when it ended: milliseconds since 1970. */
  readonly beganMs: number;
  readonly endedMs: number;
  /** Whether the program had ended by then. */
  readonly hasEnded: boolean;
}

/** What a program has done, by the recording of a run. */
export class Evidence {
  readonly #events: readonly LabEvent[];
  readonly #steps: readonly Step[];
  readonly #sinceNs: string | undefined;

  /** @param hosts the names of all hosts on which the program ran */
  constructor(events: readonly LabEvent[], hosts: readonly string[]) {
    const timeline = new Timeline({ latenessMs: 5000, stepsKept: STEPS_MAX });
    for (const event of events) timeline.add(event);
    timeline.end();
    this.#events = events;
    this.#steps = timeline.steps;
    this.#sinceNs = this.#steps.find(isCallOf(hosts))?.atNs;
  }

  /** What it had done when a check ended. */
  of({ hosts, beganMs, endedMs, hasEnded, finding }: Found): Partial<CheckResult> {
    const endedNs = nsOf(finding.waited?.untilMs ?? endedMs);
    const isBefore = ({ atNs }: { atNs: string }) => BigInt(atNs) <= endedNs;
    const steps = this.#steps.filter(isBefore);
    const calls = steps.filter(isCallOf(hosts));
    const lines = this.#events.flatMap((event) =>
      event.kind === 'log' && hosts.includes(event.host) && isBefore(event) ? event.line : [],
    );
    const wrong = wrongStep({ steps, calls, finding, beganNs: nsOf(beganMs), endedNs, hasEnded });
    return {
      ...lastLines(lines, LINES_SHOWN),
      ...(wrong && { wrong, steps: excerpt(steps, hosts, wrong) }),
      ...(this.#sinceNs && { sinceNs: this.#sinceNs }),
    };
  }
}

const nsOf = (ms: number) => BigInt(ms) * 1_000_000n;

const isCallOf =
  (hosts: readonly string[]) =>
  (step: Step): step is CallStep =>
    step.kind === 'call' && hosts.includes(step.host);
