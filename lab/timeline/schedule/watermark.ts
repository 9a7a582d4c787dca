const MAX_NS = 5e9;
/** More than the last event was late, as the next may be later still. */
const MARGIN = 1.5;
/** Of the time that passes, this share of what was added is taken off again. */
const DECAY = 0.05;

/** Phase 2: how far all is known. It stays behind the latest event, further while events come late, as from a host that is busy. */
export class Watermark {
  readonly #leastNs: number;
  #latenessNs: number;
  #nowNs = 0;
  #ns = Number.NEGATIVE_INFINITY;

  /** @param leastNs how much later than others an event may come */
  constructor(leastNs: number) {
    this.#leastNs = leastNs;
    this.#latenessNs = leastNs;
  }

  /** The latest time that is known of. */
  get nowNs(): number {
    return this.#nowNs;
  }

  /** Up to here all is known: it never goes back. */
  get ns(): number {
    return this.#ns;
  }

  /** An event of that time has come. */
  see(ns: number): void {
    const lateNs = this.#nowNs - ns;
    if (lateNs > this.#latenessNs) {
      this.#latenessNs = Math.max(this.#latenessNs, Math.min(lateNs * MARGIN, MAX_NS));
    }
    this.advance(ns);
  }

  /** Time has passed. */
  advance(ns: number): void {
    if (ns > this.#nowNs) {
      const shorterNs = this.#latenessNs - (ns - this.#nowNs) * DECAY;
      this.#latenessNs = Math.max(shorterNs, this.#leastNs);
      this.#nowNs = ns;
    }
    this.#ns = Math.max(this.#ns, this.#nowNs - this.#latenessNs);
  }

  /** Nothing more will come. */
  end(): void {
    this.#ns = Number.POSITIVE_INFINITY;
  }
}
