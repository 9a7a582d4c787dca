/** Which datagrams a call got: one for each message, or several where its socket takes them in one piece (UDP_GRO, udp(7)). */
import type { Endpoint } from '../model/event.ts';
import { complete } from './complete.ts';
import { type Context, directionOf, opposite } from './context.ts';
import type { ConversationDraft, Direction } from './conversation-draft.ts';
import type { CallDraft, PacketDraft } from './draft.ts';
import { datagramBytes } from './follow-udp.ts';
import { datagramSizes, messagesOf, type Told } from './messages.ts';
import { plain } from './sockets.ts';

/** To be called when one has returned. */
export function readDatagrams(context: Context, draft: CallDraft): void {
  for (const message of messagesOf(draft.call)) {
    const { unread = [] } = directionRead(context, draft, message) ?? {};
    for (const datagram of take(unread, message)) complete(context, datagram, draft);
  }
}

/** The direction that a message came in; where nobody tells who sent it, that of the call's conversation. */
export function directionRead(
  context: Context,
  draft: CallDraft,
  { peer }: Told,
): Direction | undefined {
  const conversation = peer ? conversationWith(context, draft, peer) : draft.conversation;
  if (conversation?.protocol !== 'udp') return undefined;
  return opposite(conversation, directionOf(context, draft, conversation));
}

/** The conversation with a peer, to whichever address of the host. */
export function conversationWith(
  { conversations, hosts }: Context,
  draft: CallDraft,
  peer: Endpoint,
): ConversationDraft | undefined {
  const from = plain(peer);
  const port = draft.socket?.local?.port ?? 0;
  for (const address of hosts.addressesOf(draft.network)) {
    const found = conversations.find({ protocol: 'udp', from, to: { address, port } });
    if (found) return found;
  }
  return draft.conversation ?? conversations.findByPeer('udp', draft.network, from);
}

function take(unread: PacketDraft[], message: Told): PacketDraft[] {
  const sizes = datagramSizes(message) ?? [];
  if (sizes.length > 1) return sizes.flatMap((size) => takeOne(unread, size));
  const [bytes] = sizes;
  const found = takeOne(unread, bytes);
  // A program need not ask how long the datagrams are; or it asked for less than the datagram has.
  return found.length > 0 ? found : unread.splice(0, Math.max(1, countThatMakes(unread, bytes)));
}

function takeOne(unread: PacketDraft[], bytes: number | undefined): PacketDraft[] {
  const at = unread.findIndex((datagram) => datagramBytes(datagram) === bytes);
  return at < 0 ? [] : unread.splice(at, 1);
}

/** How many of the first ones have so many bytes together; 0 where none do. */
function countThatMakes(unread: readonly PacketDraft[], bytes = 0): number {
  let sum = 0;
  const at = unread.findIndex((datagram) => {
    sum += datagramBytes(datagram);
    return sum >= bytes;
  });
  return sum === bytes ? at + 1 : 0;
}
