import type { LabEvent } from '../../lab/index.ts';

/** What an event takes besides what its program put into it, in characters. */
const FRAME_LENGTH = 300;

/** The latest events of a source that may never come to an end, as many as have room. */
export class LatestEvents implements Iterable<LabEvent> {
  readonly #lengthMax: number;
  #events: LabEvent[] = [];
  #length = 0;
  /** How many at the beginning of the list have been left out. */
  #out = 0;

  /** @param lengthMax in characters, of all of them together */
  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax;
  }

  push(event: LabEvent): void {
    this.#events.push(event);
    this.#length += lengthOf(event);
    while (this.#length > this.#lengthMax && this.#out < this.#events.length - 1) {
      this.#length -= lengthOf(this.#events[this.#out] as LabEvent);
      this.#out += 1;
    }
    // Not each time, as it takes as long as the list is.
    if (this.#out > 1000 && this.#out > this.#events.length / 2) {
      this.#events = this.#events.slice(this.#out);
      this.#out = 0;
    }
  }

  *[Symbol.iterator](): Iterator<LabEvent> {
    for (let at = this.#out; at < this.#events.length; at += 1) yield this.#events[at] as LabEvent;
  }
}

function lengthOf(event: LabEvent): number {
  if (event.kind === 'packet') return FRAME_LENGTH + event.packet.bytes.length;
  return event.kind === 'log' ? FRAME_LENGTH + event.line.length : FRAME_LENGTH;
}
