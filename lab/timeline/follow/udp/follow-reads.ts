/** Which datagrams a call read: one for each message, or several where its socket takes them in one piece (UDP_GRO, udp(7)). */

import type { Endpoint } from '../../../model/event.ts';
import { datagramSizes, messagesOf, type PartialMessage } from '../../../model/messages.ts';
import { type Context, directionOf } from '../../known/context.ts';
import { datagramBytes } from '../../packets/datagram-bytes.ts';
import { plain } from '../../packets/endpoints.ts';
import type { CallRecord } from '../../records/call-record.ts';
import { complete } from '../../records/complete.ts';
import type { ConversationRecord, Direction } from '../../records/conversation-record.ts';
import type { PacketRecord } from '../../records/packet-record.ts';

/** To be called when a call has returned. */
export function readDatagrams(context: Context, record: CallRecord): void {
  for (const message of messagesOf(record.call)) {
    const { unread = [] } = directionRead(context, record, message) ?? {};
    for (const datagram of take(unread, message)) complete(datagram, record);
  }
}

/** The direction that a message came from; where its sender is not known, that of the call's conversation. */
export function directionRead(
  context: Context,
  record: CallRecord,
  { peer }: PartialMessage,
): Direction | undefined {
  const conversation = peer ? conversationWith(context, record, peer) : record.conversation;
  if (conversation?.protocol !== 'udp') return undefined;
  return conversation.opposite(directionOf(context, record, conversation));
}

/** The conversation with a peer, whichever address of the host it uses. */
export function conversationWith(
  { conversations, hosts }: Context,
  record: CallRecord,
  peer: Endpoint,
): ConversationRecord | undefined {
  const from = plain(peer);
  const port = record.socket?.local?.port ?? 0;
  for (const address of hosts.addressesOf(record.network)) {
    const found = conversations.find({ protocol: 'udp', from, to: { address, port } });
    if (found) return found;
  }
  return record.conversation ?? conversations.findByPeer('udp', record.network, from);
}

function take(unread: PacketRecord[], message: PartialMessage): PacketRecord[] {
  const sizes = datagramSizes(message) ?? [];
  if (sizes.length > 1) return sizes.flatMap((size) => takeOne(unread, size));
  const [bytes] = sizes;
  const found = takeOne(unread, bytes);
  // The trace may not show their lengths; or the program had no room for the whole datagram.
  return found.length > 0 ? found : unread.splice(0, Math.max(1, countThatMakes(unread, bytes)));
}

function takeOne(unread: PacketRecord[], bytes: number | undefined): PacketRecord[] {
  const at = unread.findIndex((datagram) => datagramBytes(datagram) === bytes);
  return at < 0 ? [] : unread.splice(at, 1);
}

/** How many of the first ones have exactly `bytes` bytes together; 0 if none do. */
function countThatMakes(unread: readonly PacketRecord[], bytes = 0): number {
  let sum = 0;
  const at = unread.findIndex((datagram) => {
    sum += datagramBytes(datagram);
    return sum >= bytes;
  });
  return sum === bytes ? at + 1 : 0;
}
