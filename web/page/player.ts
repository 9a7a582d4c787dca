import type { LabEvent } from '../../lab/model/event.ts';

/** A pause in which nothing happened is shortened to this. */
const PAUSE_MAX_MS = 1000;
/** A longer recording is played faster. */
const LENGTH_MAX_MS = 60_000;
const NS_PER_MS = 1e6;

/** When each event is due, in milliseconds from the first, at a pace that a person can follow. */
export function schedule(events: readonly LabEvent[]): number[] {
  const firstNs = BigInt(events[0]?.atNs ?? 0);
  let [latestMs, dueMs] = [0, 0];
  const due = events.map(({ atNs }) => {
    const atMs = Number(BigInt(atNs) - firstNs) / NS_PER_MS;
    // Events of several hosts come a little out of order.
    const pauseMs = Math.max(0, atMs - latestMs);
    latestMs = Math.max(latestMs, atMs);
    dueMs += Math.min(pauseMs, PAUSE_MAX_MS);
    return dueMs;
  });
  const faster = Math.max(1, dueMs / LENGTH_MAX_MS);
  return due.map((ms) => ms / faster);
}

/** What a recording is played to. */
export interface Audience {
  /** Nothing has happened yet. */
  begin(): void;
  add(events: readonly LabEvent[]): void;
  /** There will be no more events. */
  end(): void;
}

/** Plays a recording as it happened. */
export class Player {
  readonly #events: readonly LabEvent[];
  readonly #due: readonly number[];
  readonly #audience: Audience;
  #next = 0;
  #startedAtMs: number | undefined;

  constructor(events: readonly LabEvent[], audience: Audience) {
    this.#events = events;
    this.#due = schedule(events);
    this.#audience = audience;
  }

  get isPlaying(): boolean {
    return this.#startedAtMs !== undefined;
  }

  /** From the beginning. */
  play(): void {
    this.#next = 0;
    this.#startedAtMs = performance.now();
    this.#audience.begin();
    requestAnimationFrame((nowMs) => this.#frame(nowMs));
  }

  /** Shows what is left, at once. */
  finish(): void {
    this.#startedAtMs = undefined;
    this.#give(this.#events.length);
    this.#audience.end();
  }

  #frame(nowMs: number): void {
    if (this.#startedAtMs === undefined) return;
    const elapsedMs = nowMs - this.#startedAtMs;
    const until = this.#due.findIndex((dueMs, at) => at >= this.#next && dueMs > elapsedMs);
    if (until === -1) this.finish();
    else {
      this.#give(until);
      requestAnimationFrame((nextMs) => this.#frame(nextMs));
    }
  }

  #give(until: number): void {
    const events = this.#events.slice(this.#next, until);
    this.#next = until;
    if (events.length > 0) this.#audience.add(events);
  }
}
