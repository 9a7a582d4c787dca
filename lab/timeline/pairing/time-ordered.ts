/** Items in the order of time, of one time in the order in which they came. They come nearly in that order. */
export class TimeOrdered<T extends { readonly ns: number }> {
  #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(item: T): void {
    this.#items.splice(this.#after(item.ns), 0, item);
  }

  delete(item: T): void {
    this.#items = this.#items.filter((other) => other !== item);
  }

  at(ns: number): T | undefined {
    const item = this.#items[this.#after(ns) - 1];
    return item?.ns === ns ? item : undefined;
  }

  /** The `count` on each side of a time. */
  around(ns: number, count: number): T[] {
    const place = this.#after(ns);
    return this.#items.slice(Math.max(0, place - count), place + count);
  }

  findLast(is: (item: T) => boolean): T | undefined {
    return this.#items.findLast(is);
  }

  some(is: (item: T) => boolean): boolean {
    return this.#items.some(is);
  }

  /** Drops what is before a time, unless it is to be kept; and the older half, if there are more than `max`. */
  trim(beforeNs: number, max: number, isToKeep: (item: T) => boolean = () => false): void {
    if ((this.#items[0]?.ns ?? beforeNs) < beforeNs)
      this.#items = this.#items.filter((item) => item.ns >= beforeNs || isToKeep(item));
    if (this.#items.length > max) this.#items = this.#items.slice(-max / 2);
  }

  /** The index of the first that is after a time. */
  #after(ns: number): number {
    let [low, high] = [0, this.#items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = this.#items[middle];
      if (item !== undefined && item.ns <= ns) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
