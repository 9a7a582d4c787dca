import { waitsForOthers } from './calls.ts';
import { compareDrafts, type Draft } from './draft.ts';
import type { Ledger } from './ledger.ts';
import type { Step } from './step.ts';
import { stepOf } from './step-of.ts';

/** What has no end by then is taken as it is. */
const PATIENCE_NS = 1e9;

/** Takes each step when nothing can come before it any more: goes through the ledger behind the time. */
export class Settling {
  readonly #ledger: Ledger;
  /** A copy of the last one that was passed. */
  #passed: Draft | undefined;
  /** Came too late for their place. */
  #late: Draft[] = [];
  /** Passed while they waited: their end is still to come. */
  readonly #open = new Set<Draft>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  add(draft: Draft): void {
    if (this.#passed && compareDrafts(draft, this.#passed) < 0) this.#late.push(draft);
  }

  /** @param untilNs before it nothing more is expected */
  take(untilNs: number): Step[] {
    const taken = [...this.#takeBehind(untilNs), ...this.#takeOn(untilNs)];
    const kept = taken.filter(({ isForgotten }) => !isForgotten);
    return kept.sort(compareDrafts).map(stepOf);
  }

  #takeBehind(untilNs: number): Draft[] {
    const isDue = (draft: Draft) =>
      draft.isForgotten || (hasEnd(draft) && draft.placeNs <= untilNs);
    const late = this.#late.filter(({ placeNs }) => placeNs <= untilNs);
    this.#late = this.#late.filter(({ placeNs }) => placeNs > untilNs);
    const ended = [...this.#open].filter(isDue);
    for (const draft of ended) this.#open.delete(draft);
    // One that has moved on is still to be passed.
    const behind = ended.filter((draft) => this.#passed && compareDrafts(draft, this.#passed) <= 0);
    return [...late, ...behind];
  }

  #takeOn(untilNs: number): Draft[] {
    const isOver = untilNs === Number.POSITIVE_INFINITY;
    const taken: Draft[] = [];
    let last: Draft | undefined;
    for (const draft of this.#ledger.after(this.#passed)) {
      if (draft.placeNs > untilNs) break;
      const isEnded = hasEnd(draft) || isOver;
      const hasNoPlaceYet = !isEnded && draft.kind === 'call' && waitsForOthers(draft.call);
      if (!isEnded && !hasNoPlaceYet && draft.placeNs > untilNs - PATIENCE_NS) break;
      last = draft;
      if (!isEnded) this.#open.add(draft);
      if (!hasNoPlaceYet) taken.push(draft);
    }
    if (last) this.#passed = { ...last };
    return taken;
  }
}

/** Whether all is known of how it ended. */
function hasEnd(draft: Draft): boolean {
  if (draft.kind === 'call') return draft.call.stage === 'present' || draft.isReturnFollowed;
  if (draft.kind !== 'packet') return true;
  return draft.passage === 'arrived' ? draft.isArrivalFollowed : draft.passage !== 'under way';
}
