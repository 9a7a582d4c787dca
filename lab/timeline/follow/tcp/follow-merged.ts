/**
 * A sender's kernel may hand a segment over in one piece that is cut on its way (segmentation offload), and a receiver's may put
 * several together before its capture sees them (receive offload): what left is then not, one by one, what arrived.
 */

import type { Context } from '../../known/context.ts';
import type { FiveTuple } from '../../packets/five-tuple.ts';
import type { PacketRecord } from '../../records/packet-record.ts';

/** Takes what arrived as a piece of what left in one: it is no step of its own. @returns whether it was such a piece */
export function isPieceTaken(context: Context, record: PacketRecord, tuple: FiveTuple): boolean {
  const { tcp, payloadLength } = record.packet;
  const conversation = context.conversations.find(tuple);
  if (record.departure || tcp === undefined || payloadLength === 0 || !conversation) return false;
  const stream = conversation.directionFrom(tuple.from).tcp;
  if (stream.isJoined) return false;
  const from = stream.offsetOf(tcp.sequenceNumber);
  const whole = stream.segments(from, from + payloadLength).find(({ departure, range }) => {
    return departure && range && range.from <= from && from + payloadLength <= range.to;
  });
  if (whole === undefined || whole.packet.payloadLength === payloadLength) return false;
  whole.arriveWith(record);
  context.store.forget(record);
  return true;
}

/** What arrived in one piece with a segment has arrived too. */
export function followMerged(record: PacketRecord, tuple: FiveTuple): void {
  const { arrival, range, packet, conversation } = record;
  const length = arrival?.packet.payloadLength ?? 0;
  if (!range || !conversation || length <= packet.payloadLength) return;
  const { tcp } = conversation.directionFrom(tuple.from);
  for (const other of tcp.segments(range.to, range.from + length)) other.arriveWith(record);
}
