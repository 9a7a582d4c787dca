import type { Step } from '../../../lab/timeline/step.ts';

const NS_PER_MS = 1e6;

/** When a step began and ended, in milliseconds after an origin; the fractions are of nanoseconds. */
export interface StepTimes {
  readonly startMs: number;
  readonly endMs: number | undefined;
}

/** Reads the times of steps, each once: a step is a value. */
export class StepClock {
  readonly #times = new WeakMap<Step, StepTimes>();
  #originNs: bigint | undefined;

  /** @param sinceNs the origin. Default: the first time that is asked for. */
  constructor(sinceNs?: string) {
    this.#originNs = sinceNs === undefined ? undefined : BigInt(sinceNs);
  }

  times(step: Step): StepTimes {
    const known = this.#times.get(step);
    if (known !== undefined) return known;
    const startMs = this.ms(step.atNs);
    const endMs = step.endNs === undefined ? undefined : Math.max(startMs, this.ms(step.endNs));
    const times = { startMs, endMs };
    this.#times.set(step, times);
    return times;
  }

  ms(atNs: string): number {
    const ns = BigInt(atNs);
    this.#originNs ??= ns;
    return Number(ns - this.#originNs) / NS_PER_MS;
  }
}
