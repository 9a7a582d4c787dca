/** Packets on the map: each moves from host to host for a moment that the eye can follow, however short it really was. */
import type { PacketStep, Step } from '../../lab/timeline/step.ts';

const FLIGHT_MS = 700;
/** Between two that leave together, so that both can be seen. */
const APART_MS = 70;
/** More dots at once say nothing. */
const MAX_FLIGHTS = 40;

interface Flight {
  readonly step: PacketStep;
  readonly sinceMs: number;
}

/** A packet on the map, and how far it has got: 0 to 1. */
export interface Dot {
  readonly step: PacketStep;
  readonly share: number;
}

export class Flights {
  readonly #flights = new Map<number, Flight>();
  #newestId = 0;
  #lastStartMs = 0;

  /** Sees what is new among the steps. Those of the past, which come all at once, do not fly. */
  see(steps: readonly Step[], nowMs: number, isPast: boolean): void {
    let newestId = this.#newestId;
    const fresh: PacketStep[] = [];
    for (let i = steps.length - 1; i >= Math.max(0, steps.length - 200); i -= 1) {
      const step = steps[i];
      if (step === undefined) continue;
      newestId = Math.max(newestId, step.id);
      if (step.kind !== 'packet') continue;
      const known = this.#flights.get(step.id);
      if (known) this.#flights.set(step.id, { ...known, step });
      else if (step.id > this.#newestId && !isPast) {
        fresh.unshift(step);
      }
    }
    for (const step of fresh) {
      if (this.#flights.size >= MAX_FLIGHTS) break;
      this.#lastStartMs = Math.max(nowMs, this.#lastStartMs + APART_MS);
      this.#flights.set(step.id, { step, sinceMs: this.#lastStartMs });
    }
    this.#newestId = newestId;
  }

  get isAny(): boolean {
    return this.#flights.size > 0;
  }

  /** Where the packets are. */
  dots(nowMs: number): Dot[] {
    const dots: Dot[] = [];
    for (const [id, { step, sinceMs }] of this.#flights) {
      const share = (nowMs - sinceMs) / FLIGHT_MS;
      if (share > 1) this.#flights.delete(id);
      else dots.push({ step, share: Math.max(share, 0) });
    }
    return dots;
  }
}
