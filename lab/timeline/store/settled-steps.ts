import { waitsForOthers } from '../calls.ts';
import { comparePlaces, type Place, type StepRecord } from '../records/step-record.ts';
import type { Step } from '../step.ts';
import { stepOf } from './step-of.ts';
import type { StepStore } from './step-store.ts';

/** What has no end by then is taken as it is. */
const PATIENCE_NS = 1e9;

/** Takes each step when nothing can come before it any more: goes through the store behind the time. */
export class SettledSteps {
  readonly #store: StepStore;
  /** Where the last one stood that was passed. */
  #passed: Place | undefined;
  /** Came too late for their place. */
  #late: StepRecord[] = [];
  /** Passed while they waited: their end is still to come. */
  readonly #open = new Set<StepRecord>();

  constructor(store: StepStore) {
    this.#store = store;
  }

  add(record: StepRecord): void {
    if (this.#passed && comparePlaces(record, this.#passed) < 0) this.#late.push(record);
  }

  /** @param untilNs before it nothing more is expected */
  take(untilNs: number): Step[] {
    const taken = [...this.#takeBehind(untilNs), ...this.#takeOn(untilNs)];
    const kept = taken.filter(({ isForgotten }) => !isForgotten);
    return kept.sort(comparePlaces).map(stepOf);
  }

  #takeBehind(untilNs: number): StepRecord[] {
    const isDue = (record: StepRecord) =>
      record.isForgotten || (hasEnd(record) && record.placeNs <= untilNs);
    const late = this.#late.filter(({ placeNs }) => placeNs <= untilNs);
    this.#late = this.#late.filter(({ placeNs }) => placeNs > untilNs);
    const ended = [...this.#open].filter(isDue);
    for (const record of ended) this.#open.delete(record);
    // One that has moved on is still to be passed.
    const behind = ended.filter(
      (record) => this.#passed && comparePlaces(record, this.#passed) <= 0,
    );
    return [...late, ...behind];
  }

  #takeOn(untilNs: number): StepRecord[] {
    const isOver = untilNs === Number.POSITIVE_INFINITY;
    const taken: StepRecord[] = [];
    let last: StepRecord | undefined;
    for (const record of this.#store.after(this.#passed)) {
      if (record.placeNs > untilNs) break;
      const isEnded = hasEnd(record) || isOver;
      const hasNoPlaceYet = !isEnded && record.kind === 'call' && waitsForOthers(record.call);
      if (!isEnded && !hasNoPlaceYet && record.placeNs > untilNs - PATIENCE_NS) break;
      last = record;
      if (!isEnded) this.#open.add(record);
      if (!hasNoPlaceYet) taken.push(record);
    }
    if (last) this.#passed = placeOf(last);
    return taken;
  }
}

function placeOf(record: StepRecord): Place {
  const { placeNs, kind, host, id } = record;
  return { placeNs, kind, host, id, ...(record.kind === 'call' && { call: record.call }) };
}

/** Whether all is known of how it ended. */
function hasEnd(record: StepRecord): boolean {
  if (record.kind === 'call') return record.call.stage === 'present' || record.phase === 'followed';
  if (record.kind !== 'packet') return true;
  const { delivery, phase } = record;
  return delivery === 'arrived' ? phase === 'arrived' : delivery !== 'in-flight';
}
