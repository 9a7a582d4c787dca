import { PassThrough } from 'node:stream';
import type { CallEvent } from '../model/event.ts';

/** How many events may wait for a reader; more are missed. */
const WAITING_MAX = 16_384;

/** The events of a host until they are read. Their tracer never waits. */
export class EventQueue implements AsyncIterable<CallEvent> {
  /** How many were left out because they were not read in time. */
  missed = 0;
  readonly #waiting = new PassThrough({ objectMode: true, highWaterMark: WAITING_MAX });

  constructor() {
    // The reader gets the error; until there is one, it is kept.
    this.#waiting.on('error', () => undefined);
  }

  push(event: CallEvent): void {
    if (this.#waiting.writableLength >= WAITING_MAX) this.missed += 1;
    else this.#waiting.write(event);
  }

  end(): void {
    this.#waiting.end();
  }

  fail(error: Error): void {
    this.#waiting.destroy(error);
  }

  [Symbol.asyncIterator](): AsyncIterator<CallEvent> {
    return this.#waiting[Symbol.asyncIterator]();
  }
}
