/**
 * Which lines the steps become, and in which order. A `connect`, or a call that was kept waiting, has two rows: when it
 * begins, and when it returns, with what happened in between.
 *
 *     step connect(…), 0 to 3 ms ─┐   ○ connect(…)          0 ms
 *     step SYN,        1 ms       ├─▶ ├──── SYN ───▶│       1 ms
 *     step SYN-ACK,    2 ms      ─┘   │◀─ SYN-ACK ──┤       2 ms
 *                                     ● connect returns     3 ms
 */

import { isFailure, waitsForOthers } from '../model/call-facts.ts';
import type { Step } from '../timeline/step.ts';
import { LruMap } from '../util/lru-map.ts';

/** Longer than a call takes that only hands something to the kernel, even while it is traced. */
const LONG_NS = 10e6;

/** How many steps are remembered as shown: some never end. */
const WAITING_MAX = 10_000;

/** A step, or one end of it. */
export interface Row {
  readonly atNs: string;
  readonly step: Step;
  /** `corrected`: what became of it before others that have been shown. */
  readonly part: 'whole' | 'begins' | 'ends' | 'corrected';
}

export class Rows {
  /** The latest step, which may be one that others happen during. */
  #latest: Step | undefined;
  /** Shown as begun, by when they return. */
  readonly #open: { readonly step: Step; readonly endNs: string }[] = [];
  /** Shown while their end was unknown. */
  readonly #waiting = new LruMap<number, true>(WAITING_MAX);
  #shownNs = '0';

  /** The rows that are certain now; steps come in time order. */
  add(step: Step): Row[] {
    const rows = this.#before(placeOf(step));
    if (this.#waiting.delete(step.id)) {
      rows.push(...this.#ended(step));
    } else if (isUnfinished(step)) {
      const isOfOthers = step.kind === 'call' && waitsForOthers(step.call);
      if (!isOfOthers) this.#waiting.set(step.id, true);
      rows.push({ atNs: placeOf(step), step, part: 'begins' });
    } else if (isWorthTwo(step)) {
      this.#latest = step;
    } else {
      rows.push({ atNs: placeOf(step), step, part: 'whole' });
    }
    return this.#shown(rows);
  }

  /** The rows that wait for what comes next, when nothing will that is before a time; without one, all of them. */
  flush(untilNs?: string): Row[] {
    const { atNs, endNs = '' } = this.#latest ?? {};
    const isOver = untilNs === undefined || !isBefore(untilNs, endNs);
    return this.#shown(isOver ? this.#before(untilNs) : this.#returned(atNs));
  }

  /** A packet whose receiver is not captured has no known arrival. */
  #ended(step: Step): Row[] {
    const atNs = step.endNs ?? step.atNs;
    if (step.kind !== 'packet') return [{ atNs, step, part: 'ends' }];
    if (step.delivery === 'unknown') return [];
    return [{ atNs, step, part: isBefore(atNs, this.#shownNs) ? 'corrected' : 'ends' }];
  }

  #shown(rows: Row[]): Row[] {
    for (const { atNs } of rows) if (isBefore(this.#shownNs, atNs)) this.#shownNs = atNs;
    return rows;
  }

  #before(atNs: string | undefined): Row[] {
    const latest = this.#latest;
    this.#latest = undefined;
    const { endNs } = latest ?? {};
    if (latest === undefined || endNs === undefined) return this.#returned(atNs);
    if (atNs !== undefined && isBefore(atNs, endNs)) {
      const returned = this.#returned(latest.atNs);
      this.#open.push({ step: latest, endNs });
      this.#open.sort((a, b) => (isBefore(a.endNs, b.endNs) ? -1 : 1));
      const begun: Row = { atNs: latest.atNs, step: latest, part: 'begins' };
      return [...returned, begun, ...this.#returned(atNs)];
    }
    const whole: Row = { atNs: latest.atNs, step: latest, part: 'whole' };
    return [...this.#returned(latest.atNs), whole, ...this.#returned(atNs)];
  }

  #returned(atNs: string | undefined): Row[] {
    let count = 0;
    for (const { endNs } of this.#open) {
      if (atNs !== undefined && isBefore(atNs, endNs)) break;
      count += 1;
    }
    return this.#open
      .splice(0, count)
      .map(({ step, endNs }) => ({ atNs: endNs, step, part: 'ends' }));
  }
}

/** What waits for others stands where they came, as it does in the timeline; until then where that was said. */
function placeOf(step: Step): string {
  const { atNs, endNs } = step;
  if (step.kind !== 'call' || !waitsForOthers(step.call)) return atNs;
  return endNs ?? step.waitedUntilNs ?? atNs;
}

/** What its packets explain, or what was kept waiting; of others a learner need not know how long the kernel took. */
function isWorthTwo(step: Step): boolean {
  if (step.kind !== 'call' || step.endNs === undefined || waitsForOthers(step.call)) return false;
  if (step.call.error !== undefined && !isFailure(step.call)) return false;
  return step.call.call === 'connect' || (step.call.tookNs ?? 0) >= LONG_NS;
}

function isUnfinished(step: Step): boolean {
  if (step.kind === 'call') return step.call.stage === 'waiting';
  return step.kind === 'packet' && step.delivery === 'in-flight';
}

function isBefore(oneNs: string, otherNs: string): boolean {
  return BigInt(oneNs) < BigInt(otherNs);
}
