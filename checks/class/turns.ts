import { setTimeout as sleep } from 'node:timers/promises';
import { Slots } from '../../lab/util/slots.ts';

/** Longer than what is graded usually takes: whoever needs more usually waits for something that never comes. */
const TURN_MS = 180_000;

/**
 * Limits how many tasks run at once, and lets one that hangs not hold up the others: after its turn it goes on beside them, while the
 * next one begins. As many may be beyond their turn as there are turns at once.
 */
export class Turns {
  readonly #slots: Slots;
  readonly #beyond: Slots;
  readonly #turnMs: number;

  /** @throws {RangeError} unless `atOnce` is 1 or more */
  constructor(atOnce: number, turnMs: number = TURN_MS) {
    this.#slots = new Slots(atOnce);
    this.#beyond = new Slots(atOnce);
    this.#turnMs = turnMs;
  }

  /** Runs a task as soon as it is its turn. */
  async take<T>(task: () => Promise<T>): Promise<T> {
    const begun = await this.#begin(task);
    return begun.work;
  }

  /** Until it is over, or goes on beyond its turn. */
  #begin<T>(task: () => Promise<T>): Promise<{ readonly work: Promise<T> }> {
    return this.#slots.take(async () => {
      const work = task();
      const over = work.then(
        () => undefined,
        () => undefined,
      );
      // The process need not wait for it.
      const turn = sleep(this.#turnMs, undefined, { ref: false });
      await Promise.race([over, turn.then(() => this.#goBeyond(over))]);
      return { work };
    });
  }

  #goBeyond(over: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      this.#beyond.take(() => {
        resolve();
        return over;
      });
    });
  }
}
