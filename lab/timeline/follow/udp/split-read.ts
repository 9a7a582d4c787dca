import type { Context } from '../../known/context.ts';
import { fiveTupleOf } from '../../packets/five-tuple.ts';
import type { PacketPairing } from '../../pairing/packet-pairing.ts';
import type { CallRecord } from '../../records/call-record.ts';
import { linked } from '../../records/links.ts';
import { sizeInRead } from './datagram-size.ts';
import { unfollowUdp } from './follow-udp.ts';

/**
 * What a call read may show that what was followed as one datagram was several: it is split.
 *
 * @returns whether it was
 */
export function splitRead(context: Context, packets: PacketPairing, call: CallRecord): boolean {
  const { packet, size = 0 } = sizeInRead(context, call) ?? {};
  const tuple = packet && fiveTupleOf(packet.packet);
  if (packet === undefined || tuple === undefined) return false;
  // Splitting it removes its links.
  const sender = linked(packet, 'caused-by', 'call');
  if (!packets.split(packet, size)) return false;
  unfollowUdp(packet, tuple);
  if (sender) {
    // The kernel cut up what it sent, as its socket was set to do before it was traced.
    sender.supplement({ segmentBytes: size });
    context.sendings.add(sender, tuple.to);
  }
  return true;
}
