import type { Timing } from '../messages.ts';

/** A page that is so far behind, and has been for so long, cannot keep up. */
const FAR_MS = 10_000;
const PATIENCE_MS = 20_000;

/** How far a page is behind its lab: what its server still has to send, and what it has received and not yet drawn. */
export class Lag {
  /** The clocks of both sides differ by it, as far as the quickest message shows. */
  #clocksApartMs = Number.POSITIVE_INFINITY;
  #farSinceMs: number | undefined;
  behindMs = 0;

  /** A message is looked at. @param nowMs by a clock that only goes forward */
  see({ sentAtMs, behindMs }: Timing, nowMs: number): void {
    this.#clocksApartMs = Math.min(this.#clocksApartMs, nowMs - sentAtMs);
    this.behindMs = nowMs - sentAtMs - this.#clocksApartMs + behindMs;
    if (this.behindMs < FAR_MS) this.#farSinceMs = undefined;
    else this.#farSinceMs ??= nowMs;
  }

  /** Whether the page has been far behind for long: it catches up only if it leaves something out. */
  isTooMuch(nowMs: number): boolean {
    return this.#farSinceMs !== undefined && nowMs - this.#farSinceMs >= PATIENCE_MS;
  }
}
