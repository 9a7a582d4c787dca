interface Item {
  readonly atNs: number;
  readonly deed: () => void;
}

/** Deeds for which the time is set, on the wire's clock: each is done once, when it is next asked what is due. */
export class Agenda {
  #items: readonly Item[] = [];

  /** When something is due next; undefined for never. */
  get nextNs(): number | undefined {
    return this.#items[0]?.atNs;
  }

  /** @returns how to have it not done. */
  add(atNs: number, deed: () => void): () => void {
    const item = { atNs, deed };
    this.#items = [...this.#items, item].toSorted((a, b) => a.atNs - b.atNs);
    return () => {
      this.#items = this.#items.filter((one) => one !== item);
    };
  }

  /** Does what is due, in the order in which it is. */
  keep(nowNs: number): void {
    for (let [next] = this.#items; next !== undefined && next.atNs <= nowNs; [next] = this.#items) {
      this.#items = this.#items.slice(1);
      next.deed();
    }
  }
}
