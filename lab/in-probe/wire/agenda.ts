interface Item {
  readonly atNs: number;
  readonly task: () => void;
}

/** Tasks that are due at a set time on the wire's clock: each runs once, in the first `keep` after that time. */
export class Agenda {
  #items: readonly Item[] = [];

  /** When the next task is due; undefined if there is none. */
  get nextNs(): number | undefined {
    return this.#items[0]?.atNs;
  }

  /** @returns a function that cancels it */
  add(atNs: number, task: () => void): () => void {
    const item = { atNs, task };
    this.#items = [...this.#items, item].toSorted((a, b) => a.atNs - b.atNs);
    return () => {
      this.#items = this.#items.filter((one) => one !== item);
    };
  }

  /** Runs the tasks that are due, in the order of their times. */
  keep(nowNs: number): void {
    for (let [next] = this.#items; next !== undefined && next.atNs <= nowNs; [next] = this.#items) {
      this.#items = this.#items.slice(1);
      next.task();
    }
  }
}
