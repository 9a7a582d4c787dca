const MAX_NS = 5e9;
/** More than what came late last time, as the next may come still later. */
const MARGIN = 1.5;
/** Of the time that goes on, so much of what was added is taken away again. */
const DECAY = 0.05;

/** How long late events are waited for: longer while they come later than that, as from a host that is busy. */
export class Watermark {
  readonly #leastNs: number;
  #slackNs: number;
  #nowNs = 0;
  #ns = Number.NEGATIVE_INFINITY;

  constructor(leastNs: number) {
    this.#leastNs = leastNs;
    this.#slackNs = leastNs;
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
    if (lateNs > this.#slackNs) {
      this.#slackNs = Math.max(this.#slackNs, Math.min(lateNs * MARGIN, MAX_NS));
    }
    this.goOn(ns);
  }

  goOn(ns: number): void {
    if (ns > this.#nowNs) {
      const shorterNs = this.#slackNs - (ns - this.#nowNs) * DECAY;
      this.#slackNs = Math.max(shorterNs, this.#leastNs);
      this.#nowNs = ns;
    }
    this.#ns = Math.max(this.#ns, this.#nowNs - this.#slackNs);
  }
}
