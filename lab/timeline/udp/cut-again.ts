import type { Context } from '../known/context.ts';
import { fiveTupleOf } from '../packets/five-tuple.ts';
import type { PacketPairing } from '../pairing/packet-pairing.ts';
import { linked } from '../records/links.ts';
import { sendsAgain, unfollowUdp } from './follow-udp.ts';
import type { Whole } from './segment-size.ts';

/** Makes several datagrams of one that has been followed as such. @returns whether it could be cut */
export function isCutAgain(
  context: Context,
  passages: PacketPairing,
  { packet, size }: Whole,
): boolean {
  const tuple = fiveTupleOf(packet.packet);
  // To be cut takes its links from it.
  const sender = linked(packet, 'caused-by', 'call');
  if (tuple === undefined || !passages.cut(packet, size)) return false;
  unfollowUdp(context, packet, tuple);
  if (sender) sendsAgain(context, sender, tuple, size);
  return true;
}
