/** What was observed of packets, by what makes a packet the same everywhere, as long as more of it may come. */
import { KEPT_NS, Slot } from './slot.ts';

const SHORT_NS = 1e9;
/** Slots that are begun before the old ones are looked through. */
const BEGUN_MAX = 1000;
const SLOTS_MAX = 50_000;

export class ObservedPackets {
  /** In the order in which they were used, but for what is used for a short time only. */
  readonly #slots = new Map<string, Slot>();
  #begun = 0;

  find(key: string): Slot | undefined {
    return this.#slots.get(key);
  }

  /** That of a key at a time; begun where there is none. */
  at(key: string, ns: number): Slot {
    const known = this.#slots.get(key);
    if (known) {
      known.latestNs = Math.max(known.latestNs, ns);
      this.#use(key, known, ns);
      return known;
    }
    const slot = new Slot(ns);
    this.#slots.set(key, slot);
    this.#begun += 1;
    if (this.#begun % BEGUN_MAX === 0) this.#forget(ns);
    return slot;
  }

  /** Most are used three times within a millisecond: to move them would cost much for nothing. */
  #use(key: string, slot: Slot, ns: number): void {
    if (ns - slot.placeNs < SHORT_NS) return;
    slot.placeNs = ns;
    this.#slots.delete(key);
    this.#slots.set(key, slot);
  }

  #forget(nowNs: number): void {
    for (const [key, slot] of this.#slots) {
      const isOver = this.#slots.size <= SLOTS_MAX;
      if (isOver && nowNs - slot.latestNs < KEPT_NS) return;
      if (!slot.isKept) this.#slots.delete(key);
    }
    // As many as that are kept: they go as well.
    for (const key of this.#slots.keys()) {
      if (this.#slots.size <= SLOTS_MAX) return;
      this.#slots.delete(key);
    }
  }
}
