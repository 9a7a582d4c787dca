/** The last events, numbered from 1, each as a line of JSON: made once, however many pages look on. */

/** One event that is kept. */
export interface Kept {
  readonly line: string;
  /** Whether pages are told it, which not all are when there are too many. */
  readonly isShown: boolean;
}

/** What there is after an event. */
export interface Later {
  /** How many more there were, which are no longer kept. */
  readonly missed: number;
  readonly kept: readonly Kept[];
  /** The number of the last of them; of the event asked for, where there is none. */
  readonly lastNumber: number;
}

export interface RingLimits {
  /** Default 20,000. */
  readonly maxEvents?: number;
  /** Characters of JSON. Default 32 million. */
  readonly maxCharacters?: number;
}

export class Ring {
  readonly #maxEvents: number;
  readonly #maxCharacters: number;
  #kept: Kept[] = [];
  /** Where in `#kept` the oldest is; those before it are let go in bulk. */
  #oldest = 0;
  /** The number of the newest event. */
  #lastNumber = 0;
  #characters = 0;

  constructor({ maxEvents = 20_000, maxCharacters = 32_000_000 }: RingLimits = {}) {
    this.#maxEvents = maxEvents;
    this.#maxCharacters = maxCharacters;
  }

  push(kept: Kept): void {
    this.#kept.push(kept);
    this.#lastNumber += 1;
    this.#characters += kept.line.length;
    while (this.#size > this.#maxEvents || this.#characters > this.#maxCharacters) this.#shift();
    if (this.#oldest > this.#maxEvents) {
      this.#kept = this.#kept.slice(this.#oldest);
      this.#oldest = 0;
    }
  }

  get #size(): number {
    return this.#kept.length - this.#oldest;
  }

  #shift(): void {
    this.#characters -= this.#kept[this.#oldest]?.line.length ?? 0;
    this.#oldest += 1;
  }

  /** The number of the event before the oldest that is kept: to begin with. */
  get beginning(): number {
    return this.#lastNumber - this.#size;
  }

  /** What came after the event with a number; a number that is yet to come counts as the newest. */
  after(number: number, maxEvents: number): Later {
    const asked = Math.min(Math.max(number, 0), this.#lastNumber);
    const from = Math.max(asked, this.beginning);
    const start = this.#oldest + from - this.beginning;
    const kept = this.#kept.slice(start, start + maxEvents);
    return { missed: from - asked, kept, lastNumber: from + kept.length };
  }

  /** Every event that is kept, oldest first. */
  lines(): string[] {
    return this.#kept.slice(this.#oldest).map(({ line }) => line);
  }
}
