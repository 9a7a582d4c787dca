import { type CallStep, type LabEvent, type Step, Timeline } from '../../lab/index.ts';
import type { CheckResult, Finding, Layer } from '../check.ts';
import { excerpt } from './excerpt.ts';
import { wrongStep } from './wrong-step.ts';

const LINES_SHOWN = 5;
/** Far more than the run of a program that is right has; of a flood the latest are kept. */
const STEPS_MAX = 200_000;

/** A check that has found something. */
export interface Found {
  readonly layer: Layer;
  readonly finding: Finding;
  /** The names of the hosts on which the program ran. */
  readonly hosts: readonly string[];
  /** When it ended: milliseconds since 1970. */
  readonly endedMs: number;
}

/** What a program has done, by the recording of a run. */
export class Evidence {
  readonly #events: readonly LabEvent[];
  readonly #steps: readonly Step[];

  constructor(events: readonly LabEvent[]) {
    const timeline = new Timeline({ latenessMs: 5000, stepsKept: STEPS_MAX });
    for (const event of events) timeline.add(event);
    timeline.end();
    this.#events = events;
    this.#steps = timeline.steps;
  }

  /** What it had done when a check ended. */
  of({ hosts, endedMs, layer, finding }: Found): Partial<CheckResult> {
    const endedNs = BigInt(endedMs) * 1_000_000n;
    const isBefore = ({ atNs }: { atNs: string }) => BigInt(atNs) <= endedNs;
    const steps = this.#steps.filter(isBefore);
    const calls = steps.filter(
      (step): step is CallStep => step.kind === 'call' && hosts.includes(step.host),
    );
    const lines = this.#events.flatMap((event) =>
      event.kind === 'log' && hosts.includes(event.host) && isBefore(event) ? event.line : [],
    );
    const wrong = wrongStep({ steps, calls, layer, finding, endedNs });
    return {
      output: lines.slice(-LINES_SHOWN),
      ...(wrong && { wrong, steps: excerpt(steps, hosts, wrong) }),
      ...(calls[0] && { sinceNs: calls[0].atNs }),
    };
  }
}
