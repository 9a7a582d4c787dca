/**
 * Limits how many tasks run at once; the others wait their turn, first come, first served.
 *
 * @example
 * const slots = new Slots(4);
 * await Promise.all(files.map((file) => slots.take(() => read(file))));
 */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @throws RangeError unless `max` is 1 or more */
  constructor(max: number) {
    if (!(max >= 1)) throw new RangeError(`max must be 1 or more, but is ${max}`);
    this.#free = max;
  }

  /** Runs a task as soon as there is a slot for it. */
  async take<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      // Handed on: it is never free in between, so that no later task gets it first.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
