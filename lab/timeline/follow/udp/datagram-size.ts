/** How long the datagrams are that were captured as one: each is a step. */

import { isReceive, peeks, readsErrorQueue, roomOf } from '../../../model/call-facts.ts';
import { messagesOf } from '../../../model/messages.ts';
import type { Context } from '../../known/context.ts';
import { messageOf } from '../../known/sendings.ts';
import { datagramBytes } from '../../packets/datagram-bytes.ts';
import { fiveTupleOf } from '../../packets/five-tuple.ts';
import { ipBytes, isBeginningOf } from '../../packets/packet-key.ts';
import type { PacketPairing } from '../../pairing/packet-pairing.ts';
import type { CallRecord } from '../../records/call-record.ts';
import type { PacketRecord } from '../../records/packet-record.ts';
import { WIRE_LATENCY_NS } from '../../time/tolerances.ts';
import { directionRead } from './follow-reads.ts';
import { sendingOf } from './follow-udp.ts';

/**
 * Known from the call that sent it, from a wire, which handles packets one by one, or from how it left.
 *
 * @returns bytes of payload; `undefined` for a datagram that is one step
 */
export function datagramSize(
  context: Context,
  packets: PacketPairing,
  record: PacketRecord,
): number | undefined {
  return (
    sizeInCall(context, record) ?? sizeInFates(packets, record) ?? sizeWhenLeft(packets, record)
  );
}

function sizeInCall(context: Context, record: PacketRecord): number | undefined {
  const tuple = fiveTupleOf(record.packet);
  const sending = tuple && sendingOf(context, record, tuple);
  const { segmentBytes = 0 } = sending ? messageOf(sending) : {};
  return segmentBytes > 0 && segmentBytes < datagramBytes(record) ? segmentBytes : undefined;
}

/** The wire had it in pieces: the first has its identification, or over IPv6 all have its flow label, as other datagrams do. */
function sizeInFates(packets: PacketPairing, record: PacketRecord): number | undefined {
  const { packet } = record;
  const { ns = 0 } = record.departure ?? record.arrival ?? {};
  const headers = ipBytes(packet) - packet.payloadLength;
  const { departures, arrivals, handled } = packets.observedLike(record);
  const seen = new Set([...departures, ...arrivals].map((other) => ipBytes(other.packet)));
  const sizes = handled.flatMap(({ ns: handledNs, fates: [fate] }) => {
    const { length = 0, fromPort } = fate?.event.packet ?? {};
    const isIts =
      handledNs >= ns && handledNs - ns < WIRE_LATENCY_NS && fromPort === packet.udp?.sourcePort;
    const isShorter = length > headers && length < ipBytes(packet) && !seen.has(length);
    return isIts && isShorter ? [length - headers] : [];
  });
  return sizes.length > 0 ? Math.max(...sizes) : undefined;
}

/** A call read less than a datagram that was captured whole: it was several, and this is the first. */
export function sizeInRead(context: Context, record: CallRecord): Whole | undefined {
  const { call } = record;
  const [message] = messagesOf(call);
  const isRead =
    isReceive(call) && call.error === undefined && !peeks(call) && !readsErrorQueue(call);
  const direction = isRead && message && directionRead(context, record, message);
  if (!direction) return undefined;
  const size = message?.segmentBytes || message?.bytes || 0;
  const unread = direction.unread.filter(({ isForgotten }) => !isForgotten);
  const [first] = unread;
  if (first === undefined || first.piece || unread.some((one) => datagramBytes(one) === size))
    return undefined;
  const isCut = !message?.segmentBytes && roomOf(call) <= size;
  return size > 0 && size < datagramBytes(first) && !isCut ? { packet: first, size } : undefined;
}

/** A step that is one datagram so far, and how long the datagrams are that it consists of. */
interface Whole {
  readonly packet: PacketRecord;
  readonly size: number;
}

/** A receiver's kernel merged what left one by one, all as long as the first one but the last (`udp_gro_receive` of Linux). */
function sizeWhenLeft(packets: PacketPairing, record: PacketRecord): number | undefined {
  const { departure, arrival, packet } = record;
  if (departure || arrival === undefined) return undefined;
  const first = packets.observedLike(record).departures.find((other) => {
    const isRecent = other.ns <= arrival.ns && arrival.ns - other.ns < WIRE_LATENCY_NS;
    return isRecent && !other.record?.arrival && isBeginningOf(other.packet, packet);
  });
  return first?.packet.payloadLength;
}
