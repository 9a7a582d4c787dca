/** Looks again when something has changed. What changes during a look is looked at in the next one, all together. */
export class Looks {
  readonly #look: (changed: ReadonlySet<string>) => Promise<void>;
  #changed = new Set<string>();
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();

  /** @param look told the ids of what has changed */
  constructor(look: (changed: ReadonlySet<string>) => Promise<void>) {
    this.#look = look;
  }

  /** Resolves when it has been looked at. @throws what the look does */
  again(id: string): Promise<void> {
    this.#changed.add(id);
    this.#next ??= this.#last.then(() => {
      const changed = this.#changed;
      this.#changed = new Set();
      this.#next = undefined;
      return this.#look(changed);
    });
    this.#last = this.#next;
    return this.#next;
  }

  /** Resolves when none is going on, however the last one ended. */
  async over(): Promise<void> {
    await this.#last.catch(() => undefined);
  }
}
