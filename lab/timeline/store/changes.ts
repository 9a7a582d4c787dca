import type { Change } from '../records/record-base.ts';
import type { StepRecord } from '../records/step-record.ts';

/** Something that happened at a revision. Entries are kept in the order of these. */
interface Entry {
  readonly revision: number;
}

/** Past changes are dropped together, when there are so many more of them than latest ones. */
const PAST_MORE = 64;

/** Which records have changed since a revision. */
export class Changes {
  #all: Change[] = [];
  /** Of how many records the latest change is in it. */
  #latest = 0;

  note(record: StepRecord): void {
    this.forget(record);
    record.change = { revision: record.revision, record };
    this.#all.push(record.change);
    this.#latest += 1;
    if (this.#all.length > 2 * this.#latest + PAST_MORE)
      this.#all = this.#all.filter((change) => change.record !== undefined);
  }

  forget(record: StepRecord): void {
    if (record.change === undefined) return;
    record.change.record = undefined;
    record.change = undefined;
    this.#latest -= 1;
  }

  since(revision: number): StepRecord[] {
    return since(this.#all, revision).flatMap(({ record }) => record ?? []);
  }
}

/** The entries after a revision: the last ones, as they are in its order. */
export function since<T extends Entry>(entries: readonly T[], revision: number): T[] {
  let [from, to] = [0, entries.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((entries[middle]?.revision ?? 0) <= revision) from = middle + 1;
    else to = middle;
  }
  return entries.slice(from);
}
