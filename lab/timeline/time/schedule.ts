/** Something to look at when all that happened before it is known. */
export interface Scheduled {
  readonly ns: number;
  /** Orders what happened in one nanosecond: causes before effects. */
  readonly rank: number;
  /** Orders the rest, in a way that does not depend on what came first. */
  readonly tie: string;
  readonly happen: () => void;
}

/** Schedule by time, whatever the order in which they come: a binary heap. */
export class Schedule {
  readonly #heap: Scheduled[] = [];

  add(moment: Scheduled): void {
    let at = this.#heap.push(moment) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** The earliest one, if it is not after `ns`. */
  take(ns: number): Scheduled | undefined {
    const [first] = this.#heap;
    if (first === undefined || first.ns > ns) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let first = at;
      if (this.#isBefore(left, first)) first = left;
      if (this.#isBefore(right, first)) first = right;
      if (first === at) return;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return (a.ns - b.ns || a.rank - b.rank || (a.tie < b.tie ? -1 : 1)) < 0;
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}
