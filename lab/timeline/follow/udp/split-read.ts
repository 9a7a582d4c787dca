import type { Context } from '../../known/context.ts';
import { fiveTupleOf } from '../../packets/five-tuple.ts';
import type { PacketPairing } from '../../pairing/packet-pairing.ts';
import type { CallRecord } from '../../records/call-record.ts';
import { linked } from '../../records/links.ts';
import { sendsAgain, unfollowUdp } from './follow-udp.ts';
import { sizeInRead } from './segment-size.ts';

/**
 * What a call got may show that a datagram which has been followed as one was several: it is split into them.
 *
 * @returns whether it was
 */
export function splitRead(context: Context, packets: PacketPairing, call: CallRecord): boolean {
  const { packet, size = 0 } = sizeInRead(context, call) ?? {};
  const tuple = packet && fiveTupleOf(packet.packet);
  if (packet === undefined || tuple === undefined) return false;
  // To be split takes its links from it.
  const sender = linked(packet, 'caused-by', 'call');
  if (!packets.split(packet, size)) return false;
  unfollowUdp(packet, tuple);
  if (sender) sendsAgain(context, sender, tuple, size);
  return true;
}
