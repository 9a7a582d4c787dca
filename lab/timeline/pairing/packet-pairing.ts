/**
 * Phase 1 for packets: where each left, what the wire did with it, where it arrived.
 *
 *     capture at the sender ──departure──┐
 *     capture at the receiver ──arrival──┼─ by key ─▶ slot ─▶ pairUp ─▶ a record for each pair
 *     wire ──fate────────────────────────┘
 *
 * A slot is paired anew whenever something is added to it, so that the order in which observations come makes no difference.
 */
import type { FateEvent, PacketEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';
import type { PairingContext } from '../known/context.ts';
import { addressesOf, isGroup } from '../packets/addresses.ts';
import { fiveTupleOf } from '../packets/five-tuple.ts';
import { fingerprintOf, keyOfIdentity, keyOfPacket } from '../packets/packet-key.ts';
import { cut } from '../packets/pieces.ts';
import { fatesOf, type Observation, type Pair } from '../records/observation.ts';
import { PacketRecord } from '../records/packet-record.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Clock } from '../time/clock.ts';
import { ARRIVAL_OVERDUE_NS } from '../time/tolerances.ts';
import { ObservedPackets } from './observed-packets.ts';
import { pairUp } from './pair-up.ts';
import type { Sights, Slot } from './slot.ts';

const NOTHING: Sights = { departures: [], arrivals: [], handled: [] };

export class PacketPairing {
  readonly #context: PairingContext;
  readonly #schedule: Schedule;
  readonly #clock: Clock;
  readonly #observed = new ObservedPackets();
  #hasFates = false;

  constructor(context: PairingContext, schedule: Schedule, clock: Clock) {
    this.#context = context;
    this.#schedule = schedule;
    this.#clock = clock;
  }

  packet({ atNs, host, direction, packet }: PacketEvent, ns: number): void {
    const key = keyOfPacket(packet);
    const seen = { ns, atNs, host, packet, key, tie: key, fingerprint: fingerprintOf(packet) };
    const size = this.#observed.at(key, ns).cutOf(seen);
    const pieces = size === undefined ? [] : piecesOf(seen, size);
    for (const one of pieces.length > 0 ? pieces : [seen]) {
      const slot = this.#observed.at(one.key, ns);
      if (direction === 'out') slot.addDeparture(one);
      else slot.addArrival(one);
      this.#pair(slot, one);
    }
  }

  fate(event: FateEvent, ns: number): void {
    const slot = this.#observed.at(keyOfIdentity(event.packet), ns);
    const arrivedNs = this.#clock.ns(event.arrivedAtNs ?? event.atNs) ?? ns;
    slot.addFate({ ns, event }, arrivedNs);
    this.#hasFates = true;
    this.#pair(slot, { ns: arrivedNs });
  }

  /**
   * Pairs anew, as several packets of `size` bytes of payload each, what was seen in one piece: its record is withdrawn for theirs.
   *
   * @returns whether it could be cut
   */
  split(record: PacketRecord, size: number): boolean {
    const { departure, arrival, seen } = record;
    const slot = seen && this.#observed.find(seen.key);
    const left = departure ? piecesOf(departure, size) : [];
    const arrived = arrival ? piecesOf(arrival, size) : [];
    if (seen === undefined || slot === undefined || left.length + arrived.length === 0)
      return false;
    slot.addCut(seen, size);
    if (departure) slot.remove(departure);
    // What came in pieces is there already.
    if (arrival && arrived.length > 0) slot.remove(arrival);
    this.#context.store.forget(record);
    for (let at = 0; at < Math.max(left.length, arrived.length); at += 1) {
      this.#addPiece(left[at], arrived[at]);
    }
    return true;
  }

  /** Whether a wire has reported a fate of a packet. */
  hasFates(packet: Packet): boolean {
    return this.#hasFates && this.#observed.find(keyOfPacket(packet))?.hasFates === true;
  }

  /** What was observed under the key of a packet, about its time. */
  observedLike({ seen }: PacketRecord): Sights {
    return (seen && this.#observed.find(seen.key)?.about(seen.ns)) ?? NOTHING;
  }

  #addPiece(departure: Observation | undefined, arrival: Observation | undefined): void {
    const seen = departure ?? arrival;
    if (seen === undefined) return;
    const slot = this.#observed.at(seen.key, seen.ns);
    if (departure) slot.addDeparture(departure);
    if (arrival) slot.addArrival(arrival);
    this.#pair(slot, seen);
  }

  /** Pairs anew what is next to what was added. */
  #pair(slot: Slot, { ns, fingerprint }: { ns: number; fingerprint?: string }): void {
    const sights = slot.about(ns, fingerprint);
    const before = sights.arrivals.map(({ record }) => record);
    const pairs = pairUp(sights);
    const claimed = new Set<PacketRecord>();
    for (const { departure } of pairs) if (departure?.record) claimed.add(departure.record);
    for (const pair of pairs) {
      const record = this.#recordOf(pair, claimed);
      if (record && !record.isForgotten && !isKnown(record, pair)) this.#observe(record, pair);
    }
    // What it had seen is the arrival of another packet.
    for (const record of before) {
      if (record && !claimed.has(record) && record.departure === undefined)
        this.#context.store.forget(record);
    }
  }

  /** The record of its departure; or that of its arrival, unless another departure has that. */
  #recordOf(
    { departure, arrival, handled }: Pair,
    claimed: Set<PacketRecord>,
  ): PacketRecord | undefined {
    const seen = departure ?? arrival;
    if (seen === undefined) return undefined;
    const arrived = arrival?.record;
    const isFree =
      arrived !== undefined && !claimed.has(arrived) && arrived.departure === undefined;
    const record = departure?.record ?? (isFree ? arrived : undefined) ?? this.#begin(seen);
    claimed.add(record);
    if (departure) departure.record = record;
    if (arrival) arrival.record = record;
    for (const one of handled) one.record = record;
    return record;
  }

  /** Which conversation it is of is a guess, until it is followed. */
  #begin(seen: Observation): PacketRecord {
    const { store, hosts, conversations } = this.#context;
    const { from, to } = addressesOf(seen.packet);
    const names = { from: hosts.nameOf(from), to: hosts.nameOf(to) };
    const record = new PacketRecord(store, seen, names);
    const tuple = fiveTupleOf(seen.packet);
    const guess = tuple && conversations.find(tuple);
    if (guess && guess.state !== 'closed') record.assignTo(guess);
    store.insert(record);
    return record;
  }

  #observe(record: PacketRecord, pair: Pair): void {
    const { hosts } = this.#context;
    const { departure, arrival } = pair;
    const seen = departure ?? arrival ?? record.seen;
    if (seen === undefined) return;
    const { from, to } = addressesOf(seen.packet);
    record.observe(seen, pair, {
      from: departure?.host ?? hosts.nameOf(from),
      to: isGroup(seen.packet) ? to : (arrival?.host ?? hosts.nameOf(to)),
    });
    record.moveTo(seen.ns);
    this.#schedule.add(seen.ns, { what: 'packet-left', record });
    // The arrival that it was followed with was another packet's.
    if (record.phase !== 'paired' && record.delivery === 'in-flight')
      this.#schedule.add(seen.ns + ARRIVAL_OVERDUE_NS, { what: 'arrival-overdue', record });
    if (record.delivery !== 'arrived' || record.endNs === undefined) return;
    // When the receiver's kernel got it: later than its capture where the wire kept it.
    const arrivedNs = this.#clock.ns(record.endNs);
    if (arrivedNs !== undefined) this.#schedule.add(arrivedNs, { what: 'packet-arrived', record });
  }
}

function isKnown(record: PacketRecord, { departure, arrival, handled }: Pair): boolean {
  const fates = fatesOf(handled);
  return (
    record.departure === departure &&
    record.arrival === arrival &&
    record.fates.length === fates.length &&
    fates.every((fate, at) => fate === record.fates[at])
  );
}

/** As several, in their order. */
function piecesOf(whole: Observation, size: number): Observation[] {
  const { ns, atNs, host, tie } = whole;
  return cut(whole.packet, size).map(({ packet, piece }) => {
    const key = keyOfPacket(packet);
    const number = String(piece.at).padStart(4, '0');
    return {
      ns,
      atNs,
      host,
      packet,
      key,
      fingerprint: fingerprintOf(packet),
      piece,
      tie: `${tie} ${number}`,
    };
  });
}
