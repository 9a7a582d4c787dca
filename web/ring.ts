/**
 * The last events, numbered from 1, each as a line of JSON that is made once for all pages; and of earlier events, those that still
 * hold.
 *
 *   1 2 3 4 5 6 7 ──dropped──▶ standing: 2 5     kept: 8 9 10 11
 */
import type { Lasting } from './lasting.ts';
import { Standing } from './standing.ts';

/** One event that is kept. */
export interface Kept {
  readonly line: string;
  /** Whether it is sent to pages: of too many, only a sample is. */
  readonly isShown: boolean;
  /** What it says beyond its moment. */
  readonly lasting?: Lasting | undefined;
}

type Numbered = Kept & { readonly number: number };

/** With when it came, by `performance.now()`. */
type Dated = Kept & { readonly cameAtMs: number };

/** The events after another one. */
interface Later {
  /** How many more there were, which are no longer kept. */
  readonly missed: number;
  /** The events before `kept` that still hold. */
  readonly standing: readonly Kept[];
  readonly kept: readonly Kept[];
  /** The number of the last one, or of the event asked for if there is none after it. */
  readonly lastNumber: number;
  /** How long ago the last one came, while there are newer ones; else 0. */
  readonly behindMs: number;
}

export interface RingLimits {
  /** Default 20,000. */
  readonly maxEvents?: number;
  /** Characters of JSON. Default 32 million. */
  readonly maxCharacters?: number;
}

/** For a recording, which is kept whole: of a longer one the end, in as much as a browser can still hold. */
export const RECORDING_LIMITS = { maxEvents: 200_000, maxCharacters: 100_000_000 } as const;

export class Ring {
  readonly #maxEvents: number;
  readonly #maxCharacters: number;
  readonly #standing = new Standing<Numbered>();
  #kept: Dated[] = [];
  /** The index of the oldest event in `#kept`; those before it are dropped in bulk. */
  #oldest = 0;
  /** The number of the newest event. */
  #lastNumber = 0;
  #characters = 0;

  constructor({ maxEvents = 20_000, maxCharacters = 32_000_000 }: RingLimits = {}) {
    this.#maxEvents = maxEvents;
    this.#maxCharacters = maxCharacters;
  }

  push(kept: Kept): void {
    this.#kept.push({ ...kept, cameAtMs: performance.now() });
    this.#lastNumber += 1;
    this.#characters += kept.line.length;
    while (this.#size > this.#maxEvents || this.#characters > this.#maxCharacters) this.#shift();
    if (this.#oldest > this.#size) {
      this.#kept = this.#kept.slice(this.#oldest);
      this.#oldest = 0;
    }
  }

  get #size(): number {
    return this.#kept.length - this.#oldest;
  }

  #shift(): void {
    const oldest = this.#kept[this.#oldest];
    if (oldest?.lasting) this.#standing.take({ ...oldest, number: this.#before + 1 });
    this.#characters -= oldest?.line.length ?? 0;
    this.#oldest += 1;
  }

  /** The number of the event before the oldest that is kept. */
  get #before(): number {
    return this.#lastNumber - this.#size;
  }

  /** The events after the one with a number, 0 for all; a number that is yet to come counts as the newest. */
  after(number: number, maxEvents: number): Later {
    const asked = Math.min(Math.max(number, 0), this.#lastNumber);
    const from = Math.max(asked, this.#before);
    const start = this.#oldest + from - this.#before;
    const kept = this.#kept.slice(start, start + maxEvents);
    const standing =
      from > asked ? this.#standing.events.filter((event) => event.number > asked) : [];
    const missed = from - asked - standing.length;
    return { missed, standing, ...this.#until(kept, from + kept.length) };
  }

  /** As `after`, with the newest events only: for a page that cannot keep up. */
  newest(maxEvents: number): Later {
    const kept = this.#kept.slice(Math.max(this.#oldest, this.#kept.length - maxEvents));
    const from = this.#lastNumber - kept.length;
    const standing = new Standing<Numbered>();
    for (const event of this.#standing.events) standing.take(event);
    for (let number = this.#before + 1; number <= from; number += 1) {
      const passed = this.#kept[this.#oldest + number - this.#before - 1];
      if (passed?.lasting) standing.take({ ...passed, number });
    }
    const { events } = standing;
    const missed = from - events.length;
    return { missed, standing: events, ...this.#until(kept, this.#lastNumber) };
  }

  #until(kept: readonly Dated[], lastNumber: number) {
    const cameAtMs = kept.at(-1)?.cameAtMs;
    const isNewest = cameAtMs === undefined || lastNumber === this.#lastNumber;
    return { kept, lastNumber, behindMs: isNewest ? 0 : performance.now() - cameAtMs };
  }

  /** The earlier events that still hold, and every event that is kept, oldest first. */
  lines(): string[] {
    const kept = this.#kept.slice(this.#oldest);
    return [...this.#standing.events, ...kept].map(({ line }) => line);
  }
}
