import type { Achieved, Counters } from '../../model/wire-status.ts';
import { NS_PER_MS } from './impairment.ts';

/** Some packets on the line. */
export interface Share {
  readonly packets: number;
  readonly bytes: number;
}

/** The counters of one fault. */
export class Tally {
  readonly #counts = {
    seen: 0,
    matched: 0,
    lost: 0,
    delayed: 0,
    reordered: 0,
    duplicated: 0,
    copies: 0,
    corrupted: 0,
    held: 0,
    delivered: 0,
    matchedBytes: 0,
    deliveredBytes: 0,
  };
  #released = 0;
  #delayNs = 0;
  #minDelayNs = Number.POSITIVE_INFINITY;
  #maxDelayNs = 0;
  #first: { readonly atNs: number; readonly bytes: number } | undefined;
  #lastNs = 0;

  add(what: keyof Counters, amount = 1): void {
    this.#counts[what] += amount;
  }

  /** Counts packets that go on, at once or after `delayNs`. */
  deliver({ packets, bytes }: Share, nowNs: number, delayNs?: number): void {
    this.#counts.delivered += packets;
    this.#counts.deliveredBytes += bytes;
    this.#first ??= { atNs: nowNs, bytes };
    this.#lastNs = nowNs;
    if (delayNs === undefined) return;
    this.#released += 1;
    this.#delayNs += delayNs;
    this.#minDelayNs = Math.min(this.#minDelayNs, delayNs);
    this.#maxDelayNs = Math.max(this.#maxDelayNs, delayNs);
  }

  get counters(): Counters {
    return { ...this.#counts };
  }

  get achieved(): Achieved {
    const { matched, lost, deliveredBytes } = this.#counts;
    const elapsedNs = this.#lastNs - (this.#first?.atNs ?? 0);
    return {
      ...(matched > 0 && { lossPercent: (100 * lost) / matched }),
      ...(this.#released > 0 && {
        meanDelayMs: this.#delayNs / this.#released / NS_PER_MS,
        minDelayMs: this.#minDelayNs / NS_PER_MS,
        maxDelayMs: this.#maxDelayNs / NS_PER_MS,
      }),
      ...(this.#first !== undefined &&
        elapsedNs > 0 && {
          rateKbit: ((deliveredBytes - this.#first.bytes) * 8 * 1e6) / elapsedNs,
        }),
    };
  }
}
