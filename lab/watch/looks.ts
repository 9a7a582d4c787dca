/** Looks again when something has changed. Changes during a look are batched for the next one. */
export class Looks {
  readonly #look: (changed: ReadonlySet<string>) => Promise<void>;
  #changed = new Set<string>();
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();

  /** @param look called with the ids of what has changed */
  constructor(look: (changed: ReadonlySet<string>) => Promise<void>) {
    this.#look = look;
  }

  /** Resolves when a look has seen the change. @throws what the look throws */
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

  /** Resolves when no look is going on, however the last one ended. */
  async over(): Promise<void> {
    await this.#last.catch(() => undefined);
  }
}
