/**
 * The way of each packet: where it left, what the wire did with it, where it arrived.
 *
 *     capture at the sender ──departure──┐
 *     capture at the receiver ──arrival──┼─ by key ─▶ slot ─▶ pairUp ─▶ a step for each pair
 *     wire ──fate────────────────────────┘
 *
 * A slot is paired anew whenever something is added to it, so that the order in which sightings come makes no difference.
 */

import type { FateEvent, PacketEvent } from '../model/event.ts';
import type { Packet } from '../model/packet.ts';
import type { PacketDraft, Sighting } from './draft.ts';
import { finePrint, keyOfIdentity, keyOfPacket } from './packet-key.ts';
import { type Fated, type Pair, pairUp, waits } from './pairing.ts';
import { cut } from './pieces.ts';

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
  /** What was seen in one piece, and is told as several: how long each is. */
  cuts: { readonly ns: number; readonly fine: string; readonly size: number }[];
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
  #isFated = false;

  constructor(listener: PassageListener) {
    this.#listener = listener;
  }

  packet({ atNs, host, direction, packet }: PacketEvent, ns: number): void {
    const key = keyOfPacket(packet);
    const slot = this.#slot(key, ns);
    const sighting = { ns, atNs, host, packet, key, tie: key, fine: finePrint(packet) };
    const known = slot.cuts.findLast(({ fine }) => fine === sighting.fine);
    const pieces = known ? piecesOf(sighting, known.size) : [];
    for (const seen of pieces.length > 0 ? pieces : [sighting]) {
      const own = this.#slot(seen.key, ns);
      insert(own[direction === 'out' ? 'departures' : 'arrivals'], seen);
      this.#settle(own);
    }
  }

  /**
   * Makes several packets, of `size` bytes of payload each, of one that was seen in one piece: it is withdrawn for them.
   *
   * @returns whether it could be cut
   */
  cut(draft: PacketDraft, size: number): boolean {
    const { departure, arrival } = draft;
    const seen = departure ?? arrival;
    const slot = seen && this.#slots.get(seen.key);
    const left = departure ? piecesOf(departure, size) : [];
    const arrived = arrival ? piecesOf(arrival, size) : [];
    if (seen === undefined || slot === undefined || left.length + arrived.length === 0)
      return false;
    insert(slot.cuts, { ns: seen.ns, fine: seen.fine, size });
    slot.departures = slot.departures.filter((other) => other !== departure);
    // What came in pieces is there already.
    if (arrived.length > 0) slot.arrivals = slot.arrivals.filter((other) => other !== arrival);
    this.#listener.withdraw(draft);
    for (let at = 0; at < Math.max(left.length, arrived.length); at += 1) {
      this.#addPiece(left[at], arrived[at]);
    }
    return true;
  }

  #addPiece(departure: Sighting | undefined, arrival: Sighting | undefined): void {
    const seen = departure ?? arrival;
    if (seen === undefined) return;
    const slot = this.#slot(seen.key, seen.ns);
    if (departure) insert(slot.departures, departure);
    if (arrival) insert(slot.arrivals, arrival);
    this.#settle(slot);
  }

  /** Whether a wire has told of a packet. */
  hasFates(packet: Packet): boolean {
    return this.#isFated && (this.#slots.get(keyOfPacket(packet))?.fates.length ?? 0) > 0;
  }

  /** What else was seen, or told by a wire, under the key of a packet. */
  besides(draft: PacketDraft): Pick<Slot, 'departures' | 'arrivals' | 'fates'> {
    const seen = draft.departure ?? draft.arrival;
    return (seen && this.#slots.get(seen.key)) ?? { departures: [], arrivals: [], fates: [] };
  }

  fate(event: FateEvent, ns: number): void {
    const slot = this.#slot(keyOfIdentity(event.packet), ns);
    insert(slot.fates, { ns, event });
    this.#isFated = true;
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
    const slot: Slot = {
      ...{ departures: [], arrivals: [], fates: [], cuts: [] },
      ...{ latestNs: ns, placeNs: ns },
    };
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

/** As several, in their order. */
function piecesOf(whole: Sighting, size: number): Sighting[] {
  const { ns, atNs, host, tie } = whole;
  return cut(whole.packet, size).map(({ packet, piece }) => {
    const [key, fine] = [keyOfPacket(packet), finePrint(packet)];
    return {
      ns,
      atNs,
      host,
      packet,
      key,
      fine,
      piece,
      tie: `${tie} ${String(piece.at).padStart(4, '0')}`,
    };
  });
}

function insert<T extends { ns: number }>(list: T[], item: T): void {
  if (list.length >= SLOT_MAX) list.splice(0, SLOT_MAX / 2);
  let at = list.length;
  while (at > 0 && (list[at - 1]?.ns ?? 0) > item.ns) at -= 1;
  list.splice(at, 0, item);
}
