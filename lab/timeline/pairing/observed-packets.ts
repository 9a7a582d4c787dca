/** What was observed of packets, by what makes a packet the same everywhere, as long as more of it may come. */
import type { FateEvent } from '../../model/event.ts';
import { isKept } from '../packets/fates.ts';
import type { Observation } from '../records/observation.ts';
import type { Fated } from './pair-up.ts';

/** How long a packet may wait for its other end, unless the wire keeps it. */
const KEPT_NS = 20e9;
const SHORT_NS = 1e9;
/** Slots that are begun before the old ones are looked through. */
const BEGUN_MAX = 1000;
const SLOTS_MAX = 50_000;
/** Observations of one key that are compared with each other. */
const SLOT_MAX = 64;

/** What has one key: as a rule one packet, sometimes several. All lists are in the order of time. */
export class Slot {
  departures: readonly Observation[] = [];
  arrivals: readonly Observation[] = [];
  fates: readonly Fated[] = [];
  /** What was seen in one piece, and is several packets: how long each is. */
  cuts: readonly { readonly ns: number; readonly fingerprint: string; readonly size: number }[] =
    [];
  latestNs: number;
  /** When it got its place among the others. */
  placeNs: number;

  constructor(ns: number) {
    this.latestNs = ns;
    this.placeNs = ns;
  }

  addDeparture(seen: Observation): void {
    this.departures = withInOrder(this.departures, seen);
  }

  addArrival(seen: Observation): void {
    this.arrivals = withInOrder(this.arrivals, seen);
  }

  addFate(ns: number, event: FateEvent): void {
    this.fates = withInOrder(this.fates, { ns, event });
  }

  addCut({ ns, fingerprint }: Observation, size: number): void {
    this.cuts = withInOrder(this.cuts, { ns, fingerprint, size });
  }

  remove(seen: Observation): void {
    this.departures = this.departures.filter((other) => other !== seen);
    this.arrivals = this.arrivals.filter((other) => other !== seen);
  }

  /** Whether the wire still has a packet of it. */
  get isKept(): boolean {
    return this.fates.length > 0 && isKept(this.fates.map(({ event }) => event));
  }
}

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
    // A number comes round again (RFC 6864): what is that far apart is not the same packet.
    if (known && (Math.abs(ns - known.latestNs) < KEPT_NS || known.isKept)) {
      known.latestNs = Math.max(known.latestNs, ns);
      this.#use(key, known, ns);
      return known;
    }
    const slot = new Slot(ns);
    if (known) this.#slots.delete(key);
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

function withInOrder<T extends { readonly ns: number }>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return [item];
  const kept = list.length >= SLOT_MAX ? list.slice(SLOT_MAX / 2) : list;
  const at = kept.findLastIndex(({ ns }) => ns <= item.ns) + 1;
  return [...kept.slice(0, at), item, ...kept.slice(at)];
}
