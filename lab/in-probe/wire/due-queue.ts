/** What is due at some time; what is due at the same time leaves in the order in which it came. */
export interface Due {
  dueNs: number;
  /** Set by the queue. */
  order?: number;
}

/** A priority queue: a binary heap in an array. */
export class DueQueue<T extends Due> {
  #heap: T[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  get next(): T | undefined {
    return this.#heap[0];
  }

  add(item: T): void {
    item.order = this.#added;
    this.#added += 1;
    let at = this.#heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** The next one, if it is due. */
  take(nowNs: number): T | undefined {
    const [first] = this.#heap;
    if (first === undefined || first.dueNs > nowNs) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  /** Lets `change` make anything in it due at another time. */
  revise(change: (item: T) => void): void {
    for (const item of this.#heap) change(item);
    // What is in order is a heap.
    this.#heap.sort(compare);
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let first = at;
      if (left < this.#heap.length && this.#isBefore(left, first)) first = left;
      if (right < this.#heap.length && this.#isBefore(right, first)) first = right;
      if (first === at) return;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    return a !== undefined && b !== undefined && compare(a, b) < 0;
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}

function compare(a: Due, b: Due): number {
  return a.dueNs - b.dueNs || (a.order ?? 0) - (b.order ?? 0);
}
