import type { Context } from '../../known/context.ts';
import { fiveTupleOf } from '../../packets/five-tuple.ts';
import { pieceCount } from '../../packets/pieces.ts';
import type { PacketPairing } from '../../pairing/packet-pairing.ts';
import { linePayload } from '../../records/line.ts';
import type { PacketRecord } from '../../records/packet-record.ts';

/**
 * How long the packets of a segment are that was handed over in one piece. It stays one step, unless a wire handled them one by one.
 *
 * @returns bytes of payload; `undefined` for a segment that is one step
 */
export function segmentSize(
  context: Context,
  packets: PacketPairing,
  { packet }: PacketRecord,
): number | undefined {
  const tuple = fiveTupleOf(packet);
  const size = linePayload(packet, tuple && context.conversations.find(tuple));
  const { ipv4, tcp } = packet;
  if (tcp === undefined || packet.payloadLength <= size) return undefined;
  for (let at = 0; at < pieceCount(packet, size); at += 1) {
    const identification = ((ipv4?.identification ?? 0) + at) & 0xffff;
    const sequenceNumber = (tcp.sequenceNumber + at * size) >>> 0;
    const piece = { ...packet, tcp: { ...tcp, sequenceNumber } };
    if (packets.hasFates(ipv4 ? { ...piece, ipv4: { ...ipv4, identification } } : piece))
      return size;
  }
  return undefined;
}
