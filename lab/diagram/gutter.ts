const NS_PER_SECOND = 1e9;
/** Longer, and a diagram shows that time has passed. */
const QUIET_NS = 500_000_000;
const WIDTH = 8;

/** In front of the longest time: see `seconds`. */
const MARK_WIDTH = 1;

/** Times as seconds since another one. */
export class Gutter {
  #zero: bigint | undefined;
  #latest: bigint | undefined;
  #shown = '';

  /** @param zeroNs what they count from. Default: the first one. */
  constructor(zeroNs?: string) {
    if (zeroNs !== undefined) this.#zero = BigInt(zeroNs);
  }

  /** Whether nothing has happened for a while before then. */
  isQuietBefore(atNs: string): boolean {
    return this.#latest !== undefined && Number(BigInt(atNs) - this.#latest) >= QUIET_NS;
  }

  /** `   1.003`; blank where the line above shows the same; with the mark in front of it where that shows a later time. */
  next(atNs: string, pastMark: string): string {
    const isPast = this.#latest !== undefined && BigInt(atNs) < this.#latest;
    const text = this.seconds(atNs);
    const isSame = text === this.#shown;
    const mark = isPast && !isSame ? pastMark : '';
    this.#shown = text;
    return isSame ? '' : mark.padEnd(MARK_WIDTH) + text.padStart(WIDTH - MARK_WIDTH);
  }

  /** `1.003`, with as many decimals as there is room for. */
  seconds(atNs: string): string {
    const at = BigInt(atNs);
    this.#zero ??= at;
    if (this.#latest === undefined || at > this.#latest) this.#latest = at;
    const seconds = Number(at - this.#zero) / NS_PER_SECOND;
    const digits = Math.max(0, Math.min(3, WIDTH - 2 - Math.floor(seconds).toString().length));
    return seconds.toFixed(digits);
  }

  /** So that the next time is shown, whatever is above it. */
  repeat(): void {
    this.#shown = '';
  }
}
