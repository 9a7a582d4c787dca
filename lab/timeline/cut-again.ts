import type { Context } from './context.ts';
import { endsOf } from './ends.ts';
import { sendsAgain, unfollowUdp } from './follow-udp.ts';
import { linked } from './links.ts';
import type { Passages } from './passages.ts';
import type { Whole } from './segment-size.ts';

/** Makes several datagrams of one that has been followed as such. @returns whether it could be cut */
export function isCutAgain(context: Context, passages: Passages, { packet, size }: Whole): boolean {
  const ends = endsOf(packet.packet);
  // To be cut takes its links from it.
  const sender = linked(packet, 'caused by', 'call');
  if (ends === undefined || !passages.cut(packet, size)) return false;
  unfollowUdp(context, packet, ends);
  if (sender) sendsAgain(context, sender, ends, size);
  return true;
}
