import { Heap } from '../../util/heap.ts';

/** What is due at some time. */
export interface Due {
  dueNs: number;
  /** Set by the queue. */
  order?: number;
}

/** A queue by time: what is due at the same time leaves in the order in which it came. */
export class DueQueue<T extends Due> {
  readonly #heap = new Heap<T>(compare);
  #added = 0;

  get size(): number {
    return this.#heap.size;
  }

  get next(): T | undefined {
    return this.#heap.first;
  }

  add(item: T): void {
    item.order = this.#added;
    this.#added += 1;
    this.#heap.add(item);
  }

  /** The next one, if it is due. */
  take(nowNs: number): T | undefined {
    const { first } = this.#heap;
    return first === undefined || first.dueNs > nowNs ? undefined : this.#heap.take();
  }

  /** Lets `change` make anything in it due at another time. */
  revise(change: (item: T) => void): void {
    this.#heap.revise(change);
  }
}

function compare(a: Due, b: Due): number {
  return a.dueNs - b.dueNs || (a.order ?? 0) - (b.order ?? 0);
}
