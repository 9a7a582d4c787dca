/**
 * The way of each packet: where it left, what the wire did with it, where it arrived.
 *
 *     capture at the sender ──departure──┐
 *     capture at the receiver ──arrival──┼─ by key ─▶ slot ─▶ pairUp ─▶ a step for each pair
 *     wire ──fate────────────────────────┘
 *
 * A slot is paired anew whenever something is added to it, so that the order in which sightings come makes no difference.
 */
import type { FateEvent, PacketEvent } from '../event.ts';
import type { PacketDraft, Sighting } from './draft.ts';
import { finePrint, keyOfIdentity, keyOfPacket } from './packet-key.ts';
import { type Fated, type Pair, pairUp, waits } from './pairing.ts';

/** How long a packet may wait for its other end, unless the wire keeps it. */
const KEPT_NS = 20e9;
const SHORT_NS = 1e9;
/** Slots that are begun before the old ones are looked through. */
const BEGUN_MAX = 1000;
const SLOTS_MAX = 50_000;
/** Sightings of one key that are compared with each other. */
const SLOT_MAX = 64;

interface Slot {
  departures: Sighting[];
  arrivals: Sighting[];
  fates: Fated[];
  latestNs: number;
  /** When it got its place among the others. */
  placeNs: number;
}

/** What its passages tell a timeline. */
export interface PassageListener {
  /** A step for a packet that is new. */
  begin(sighting: Sighting): PacketDraft;
  /** A step has got a departure, an arrival or a fate. */
  change(draft: PacketDraft, pair: Pair): void;
  /** It was another one's arrival. */
  withdraw(draft: PacketDraft): void;
}

export class Passages {
  /** In the order in which they were used, but for what is used for a short time only. */
  readonly #slots = new Map<string, Slot>();
  readonly #listener: PassageListener;
  #begun = 0;

  constructor(listener: PassageListener) {
    this.#listener = listener;
  }

  packet({ atNs, host, direction, packet }: PacketEvent, ns: number): void {
    const key = keyOfPacket(packet);
    const slot = this.#slot(key, ns);
    const list = direction === 'out' ? slot.departures : slot.arrivals;
    if (list.length >= SLOT_MAX) list.splice(0, SLOT_MAX / 2);
    insert(list, { ns, atNs, host, packet, key, fine: finePrint(packet) });
    this.#settle(slot);
  }

  fate(event: FateEvent, ns: number): void {
    const slot = this.#slot(keyOfIdentity(event.packet), ns);
    if (slot.fates.length >= SLOT_MAX) slot.fates.splice(0, SLOT_MAX / 2);
    insert(slot.fates, { ns, event });
    this.#settle(slot);
  }

  #settle({ departures, arrivals, fates }: Slot): void {
    const before = arrivals.map(({ draft }) => draft);
    const pairs = pairUp(departures, arrivals, fates);
    const claimed = new Set<PacketDraft>();
    for (const { departure } of pairs) if (departure?.draft) claimed.add(departure.draft);
    for (const pair of pairs) {
      const draft = this.#draftOf(pair, claimed);
      if (draft === undefined || draft.isForgotten) continue;
      if (isNews(draft, pair)) this.#listener.change(draft, pair);
    }
    for (const draft of before) {
      if (draft && !claimed.has(draft) && draft.departure === undefined)
        this.#listener.withdraw(draft);
    }
  }

  /** That of its departure; or that of its arrival, unless another departure has that. */
  #draftOf({ departure, arrival }: Pair, claimed: Set<PacketDraft>): PacketDraft | undefined {
    const begins = departure ?? arrival;
    if (begins === undefined) return undefined;
    const arrived = arrival?.draft;
    const isFree =
      arrived !== undefined && !claimed.has(arrived) && arrived.departure === undefined;
    const draft =
      departure?.draft ?? (isFree ? arrived : undefined) ?? this.#listener.begin(begins);
    claimed.add(draft);
    if (departure) departure.draft = draft;
    if (arrival) arrival.draft = draft;
    return draft;
  }

  #slot(key: string, ns: number): Slot {
    const known = this.#slots.get(key);
    // A number comes round again (RFC 6864): what is that far apart is not the same packet.
    if (known && (Math.abs(ns - known.latestNs) < KEPT_NS || isKept(known))) {
      known.latestNs = Math.max(known.latestNs, ns);
      this.#use(key, known, ns);
      return known;
    }
    const slot: Slot = { departures: [], arrivals: [], fates: [], latestNs: ns, placeNs: ns };
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
      if (!isKept(slot)) this.#slots.delete(key);
    }
    // As many as that are kept: they go as well.
    for (const key of this.#slots.keys()) {
      if (this.#slots.size <= SLOTS_MAX) return;
      this.#slots.delete(key);
    }
  }
}

/** Whether the wire still has a packet of it. */
function isKept({ fates }: Slot): boolean {
  return fates.length > 0 && waits(fates.map(({ event }) => event));
}

function isNews(draft: PacketDraft, { departure, arrival, fates }: Pair): boolean {
  return (
    draft.departure !== departure ||
    draft.arrival !== arrival ||
    draft.fates.length !== fates.length ||
    fates.some((fate, at) => fate !== draft.fates[at])
  );
}

function insert<T extends { ns: number }>(list: T[], item: T): void {
  let at = list.length;
  while (at > 0 && (list[at - 1]?.ns ?? 0) > item.ns) at -= 1;
  list.splice(at, 0, item);
}
