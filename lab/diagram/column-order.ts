/** Before the order changes for the first time; each time the pause is twice as long. */
const PAUSE_MS = 1000;

/** Keeps columns where they are: what is learned of the same hosts moves them only after a pause, all together. */
export class ColumnOrder {
  #order: readonly string[] = [];
  #changedMs = Number.NEGATIVE_INFINITY;
  #pauseMs = PAUSE_MS;

  /** @param sorted the hosts, as they had best stand by what is known now @returns as they do stand */
  next(sorted: readonly string[], atMs: number): readonly string[] {
    if (isSame(sorted, this.#order)) return this.#order;
    const isOfSame = isSame(sorted.toSorted(), this.#order.toSorted());
    if (isOfSame && atMs - this.#changedMs < this.#pauseMs) return this.#order;
    if (isOfSame) this.#pauseMs *= 2;
    this.#changedMs = atMs;
    this.#order = sorted;
    return sorted;
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((host, n) => host === others[n]);
}
