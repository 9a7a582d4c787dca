import type { LabEvent } from '../../lab/index.ts';

/** A source that a test feeds. It waits for more until the test ends it. */
export class Feed implements AsyncIterable<LabEvent> {
  readonly #waiting: LabEvent[] = [];
  #wake = Promise.withResolvers<void>();
  #isOver = false;

  push(...events: readonly LabEvent[]): void {
    this.#waiting.push(...events);
    this.#wake.resolve();
  }

  end(): void {
    this.#isOver = true;
    this.#wake.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<LabEvent> {
    while (true) {
      yield* this.#waiting.splice(0);
      if (this.#waiting.length > 0) continue;
      if (this.#isOver) return;
      await this.#wake.promise;
      this.#wake = Promise.withResolvers();
    }
  }
}
