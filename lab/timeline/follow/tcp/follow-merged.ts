/**
 * A sender's kernel may hand over in one piece what is cut into segments on its way (segmentation offload), and a receiver's may
 * merge segments before they are captured (receive offload): then what left and what arrived do not match one to one.
 */

import type { Context } from '../../known/context.ts';
import type { FiveTuple } from '../../packets/five-tuple.ts';
import type { PacketRecord } from '../../records/packet-record.ts';

/** What arrived as a piece of what left in one is the whole's arrival, and no step of its own. @returns whether it was a piece */
export function mergeIntoWhole(context: Context, record: PacketRecord, tuple: FiveTuple): boolean {
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

/** The segments that arrived merged with this one have arrived, too. */
export function followMerged(record: PacketRecord, tuple: FiveTuple): void {
  const { arrival, range, packet, conversation } = record;
  const length = arrival?.packet.payloadLength ?? 0;
  if (!range || !conversation || length <= packet.payloadLength) return;
  const { tcp } = conversation.directionFrom(tuple.from);
  for (const other of tcp.segments(range.to, range.from + length)) other.arriveWith(record);
}
