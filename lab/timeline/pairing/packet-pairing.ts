/**
 * The way of each packet: where it left, what the wire did with it, where it arrived.
 *
 *     capture at the sender ──departure──┐
 *     capture at the receiver ──arrival──┼─ by key ─▶ slot ─▶ pairUp ─▶ a step for each pair
 *     wire ──fate────────────────────────┘
 *
 * A slot is paired anew whenever something is added to it, so that the order in which observations come makes no difference.
 */

import type { FateEvent, PacketEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';
import { fingerprintOf, keyOfIdentity, keyOfPacket } from '../packets/packet-key.ts';
import { cut } from '../packets/pieces.ts';
import type { Observation, PacketRecord } from '../records/step-record.ts';
import { type Fated, type Pair, pairUp, waits } from './pair-up.ts';

/** How long a packet may wait for its other end, unless the wire keeps it. */
const KEPT_NS = 20e9;
const SHORT_NS = 1e9;
/** Slots that are begun before the old ones are looked through. */
const BEGUN_MAX = 1000;
const SLOTS_MAX = 50_000;
/** Observations of one key that are compared with each other. */
const SLOT_MAX = 64;

interface Slot {
  departures: Observation[];
  arrivals: Observation[];
  fates: Fated[];
  /** What was seen in one piece, and is told as several: how long each is. */
  cuts: { readonly ns: number; readonly fingerprint: string; readonly size: number }[];
  latestNs: number;
  /** When it got its place among the others. */
  placeNs: number;
}

/** What its passages tell a timeline. */
export interface PairingListener {
  /** A step for a packet that is new. */
  begin(observation: Observation): PacketRecord;
  /** A step has got a departure, an arrival or a fate. */
  change(record: PacketRecord, pair: Pair): void;
  /** It was another one's arrival. */
  withdraw(record: PacketRecord): void;
}

export class PacketPairing {
  /** In the order in which they were used, but for what is used for a short time only. */
  readonly #slots = new Map<string, Slot>();
  readonly #listener: PairingListener;
  #begun = 0;
  #isFated = false;

  constructor(listener: PairingListener) {
    this.#listener = listener;
  }

  packet({ atNs, host, direction, packet }: PacketEvent, ns: number): void {
    const key = keyOfPacket(packet);
    const slot = this.#slot(key, ns);
    const observation = {
      ns,
      atNs,
      host,
      packet,
      key,
      tie: key,
      fingerprint: fingerprintOf(packet),
    };
    const known = slot.cuts.findLast(({ fingerprint }) => fingerprint === observation.fingerprint);
    const pieces = known ? piecesOf(observation, known.size) : [];
    for (const seen of pieces.length > 0 ? pieces : [observation]) {
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
  cut(record: PacketRecord, size: number): boolean {
    const { departure, arrival } = record;
    const seen = departure ?? arrival;
    const slot = seen && this.#slots.get(seen.key);
    const left = departure ? piecesOf(departure, size) : [];
    const arrived = arrival ? piecesOf(arrival, size) : [];
    if (seen === undefined || slot === undefined || left.length + arrived.length === 0)
      return false;
    insert(slot.cuts, { ns: seen.ns, fingerprint: seen.fingerprint, size });
    slot.departures = slot.departures.filter((other) => other !== departure);
    // What came in pieces is there already.
    if (arrived.length > 0) slot.arrivals = slot.arrivals.filter((other) => other !== arrival);
    this.#listener.withdraw(record);
    for (let at = 0; at < Math.max(left.length, arrived.length); at += 1) {
      this.#addPiece(left[at], arrived[at]);
    }
    return true;
  }

  #addPiece(departure: Observation | undefined, arrival: Observation | undefined): void {
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
  besides(record: PacketRecord): Pick<Slot, 'departures' | 'arrivals' | 'fates'> {
    const seen = record.departure ?? record.arrival;
    return (seen && this.#slots.get(seen.key)) ?? { departures: [], arrivals: [], fates: [] };
  }

  fate(event: FateEvent, ns: number): void {
    const slot = this.#slot(keyOfIdentity(event.packet), ns);
    insert(slot.fates, { ns, event });
    this.#isFated = true;
    this.#settle(slot);
  }

  #settle({ departures, arrivals, fates }: Slot): void {
    const before = arrivals.map(({ record }) => record);
    const pairs = pairUp(departures, arrivals, fates);
    const claimed = new Set<PacketRecord>();
    for (const { departure } of pairs) if (departure?.record) claimed.add(departure.record);
    for (const pair of pairs) {
      const record = this.#recordOf(pair, claimed);
      if (record === undefined || record.isForgotten) continue;
      if (isNews(record, pair)) this.#listener.change(record, pair);
    }
    for (const record of before) {
      if (record && !claimed.has(record) && record.departure === undefined)
        this.#listener.withdraw(record);
    }
  }

  /** That of its departure; or that of its arrival, unless another departure has that. */
  #recordOf({ departure, arrival }: Pair, claimed: Set<PacketRecord>): PacketRecord | undefined {
    const begins = departure ?? arrival;
    if (begins === undefined) return undefined;
    const arrived = arrival?.record;
    const isFree =
      arrived !== undefined && !claimed.has(arrived) && arrived.departure === undefined;
    const record =
      departure?.record ?? (isFree ? arrived : undefined) ?? this.#listener.begin(begins);
    claimed.add(record);
    if (departure) departure.record = record;
    if (arrival) arrival.record = record;
    return record;
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

function isNews(record: PacketRecord, { departure, arrival, fates }: Pair): boolean {
  return (
    record.departure !== departure ||
    record.arrival !== arrival ||
    record.fates.length !== fates.length ||
    fates.some((fate, at) => fate !== record.fates[at])
  );
}

/** As several, in their order. */
function piecesOf(whole: Observation, size: number): Observation[] {
  const { ns, atNs, host, tie } = whole;
  return cut(whole.packet, size).map(({ packet, piece }) => {
    const [key, fingerprint] = [keyOfPacket(packet), fingerprintOf(packet)];
    return {
      ns,
      atNs,
      host,
      packet,
      key,
      fingerprint,
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
