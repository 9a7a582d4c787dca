import { waitsForOthers } from '../../model/call-facts.ts';
import type { CallRecord } from '../records/call-record.ts';
import { comparePlaces, type Place, type StepRecord } from '../records/step-record.ts';
import type { CallStep, Step } from '../step.ts';
import { Clock } from '../time/clock.ts';
import { stepOf } from './step-of.ts';
import type { StepStore } from './step-store.ts';

/** What has no end by then is handed out as it is. */
const PATIENCE_NS = 1e9;

/** Phase 4: hands out each step when nothing can come before it any more, by going through the store behind the watermark. */
export class SettledSteps {
  readonly #store: StepStore;
  /** Where the last one stood that was passed. */
  #passed: Place | undefined;
  /** Came too late for their place. */
  #late: StepRecord[] = [];
  /** Handed out without an end, which is still to come. */
  readonly #open = new Set<StepRecord>();
  /** Calls that were passed while they waited for others: they have no place until they return. */
  readonly #waiting = new Set<CallRecord>();

  constructor(store: StepStore) {
    this.#store = store;
  }

  /** A record is new. */
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
    const late = this.#late.filter(({ placeNs }) => placeNs <= untilNs);
    this.#late = this.#late.filter(({ placeNs }) => placeNs > untilNs);
    return [
      ...late,
      ...this.#takeEnded(this.#open, untilNs),
      ...this.#takeEnded(this.#waiting, untilNs),
    ];
  }

  #takeEnded(records: Set<StepRecord>, untilNs: number): StepRecord[] {
    const ended = [...records].filter(
      (record) => record.isForgotten || (hasEnd(record) && record.placeNs <= untilNs),
    );
    for (const record of ended) records.delete(record);
    // One that has moved on is still to be passed.
    return ended.filter((record) => this.#passed && comparePlaces(record, this.#passed) <= 0);
  }

  #takeOn(untilNs: number): StepRecord[] {
    const isOver = untilNs === Number.POSITIVE_INFINITY;
    const taken: StepRecord[] = [];
    let last: StepRecord | undefined;
    for (const record of this.#store.after(this.#passed)) {
      if (record.placeNs > untilNs) break;
      if (hasEnd(record) || isOver) {
        taken.push(record);
      } else if (record.kind === 'call' && waitsForOthers(record.call)) {
        this.#waiting.add(record);
      } else {
        if (record.placeNs > untilNs - PATIENCE_NS) break;
        this.#open.add(record);
        taken.push(record);
      }
      last = record;
    }
    if (last) this.#passed = placeOf(last);
    return taken;
  }

  /** Calls that have waited for others for long by then, each once: they may never return, and so get no place. */
  takeWaiting(untilNs: number): CallStep[] {
    if (untilNs === Number.POSITIVE_INFINITY) return [];
    const long = [...this.#waiting].filter(
      ({ beganNs, isForgotten }) => !isForgotten && beganNs <= untilNs - PATIENCE_NS,
    );
    return long.flatMap((record) => {
      this.#waiting.delete(record);
      this.#open.add(record);
      if (record.phase === 'abandoned') return [];
      const waitedUntilNs = Clock.after(record.atNs, untilNs - record.beganNs);
      return [{ ...stepOf(record), waitedUntilNs } as CallStep];
    });
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
