import type { Context } from '../known/context.ts';
import { fragmentOf } from '../packets/packet-key.ts';
import type { PacketPairing } from '../pairing/packet-pairing.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { segmentSize } from './tcp/segment-size.ts';
import { datagramSize } from './udp/datagram-size.ts';

/**
 * How long the pieces are that a packet consists of, where a capture saw several packets as one (segmentation offload).
 *
 * @returns bytes of payload; `undefined` for a packet that is one step
 */
export function pieceSize(
  context: Context,
  packets: PacketPairing,
  record: PacketRecord,
): number | undefined {
  const { packet, piece } = record;
  if (piece || fragmentOf(packet)) return undefined;
  if (packet.tcp) return segmentSize(context, packets, record);
  return packet.udp ? datagramSize(context, packets, record) : undefined;
}
