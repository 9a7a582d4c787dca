import { bytesOf, messagesOf } from './calls.ts';
import { assign, beganAt, type Context, directionFrom } from './context.ts';
import type { CallDraft, PacketDraft } from './draft.ts';
import type { Ends } from './ends.ts';
import { isDropped } from './is-dropped.ts';
import { link } from './links.ts';

/** A call that sends a datagram is over when that has left; one that was longer ago made another. */
const SEND_MAX_NS = 5e9;
/** What a trace tells of a call's end is earlier than the end by so much at most. */
const JITTER_NS = 2e6;
/** A receive buffer of Linux holds fewer, however small they are (socket(7), rmem_default; a datagram counts for 768 bytes). */
const REMEMBERED_MAX = 512;
const UDP_HEADER_BYTES = 8;

/** To be called for each datagram in the order of their departures; of a fragmented one, for its first fragment. */
export function followUdp(context: Context, draft: PacketDraft, ends: Ends): void {
  const { conversations, ledger } = context;
  const conversation = conversations.find(ends) ?? begin(context, draft, ends);
  const direction = directionFrom(conversation, ends.from);
  assign(context, draft, conversation);
  conversation.packets += 1;
  const isAnswer = direction === conversation.toClient;
  if (conversation.state !== 'refused' || isAnswer) conversation.state = 'open';
  direction.bytes += datagramBytes(draft);
  remember(direction.sent, draft);
  conversations.touch(conversation, beganAt(draft));
  const call = senderOf(context, draft, ends);
  if (call === undefined) return;
  link(ledger, call, 'caused', draft);
  joinSocket(context, call, ends, draft);
}

/** To be called for each in the order of their arrivals. */
export function followUdpArrival(draft: PacketDraft, ends: Ends): void {
  const { conversation } = draft;
  if (isDropped(draft)) return;
  if (conversation) remember(directionFrom(conversation, ends.from).unread, draft);
}

/** The bytes that the program sent in it, whatever part of them is in its first fragment. */
export function datagramBytes({ packet: { udp, payloadLength } }: PacketDraft): number {
  return udp ? Math.max(udp.length - UDP_HEADER_BYTES, 0) : payloadLength;
}

function begin({ conversations }: Context, draft: PacketDraft, { protocol, from, to }: Ends) {
  const [client, server] = isReply(conversations, { protocol, from, to }) ? [to, from] : [from, to];
  return conversations.begin({ protocol, from: client, to: server }, beganAt(draft));
}

/** Who sends first is the client, unless only the other's port is not known as a server's. */
function isReply(conversations: Context['conversations'], { protocol, from, to }: Ends): boolean {
  return conversations.isServer(from) && !conversations.isServer(to) && protocol === 'udp';
}

function senderOf({ sockets }: Context, draft: PacketDraft, ends: Ends): CallDraft | undefined {
  const { ns } = beganAt(draft);
  const bytes = datagramBytes(draft);
  return sockets.takeSend(draft.from, ends.to, (call) => {
    if (call.beganNs > ns || ns - call.beganNs > SEND_MAX_NS) return false;
    const isOneOfSeveral = messagesOf(call.call) > 1;
    if (isOneOfSeveral && ns - call.beganNs > (call.call.tookNs ?? 0) + JITTER_NS) return false;
    const port = call.call.socket?.local?.port || ends.from.port;
    if (port !== ends.from.port) return false;
    // Of several only their sum is told.
    const told = bytesOf(call.call) ?? bytes;
    return isOneOfSeveral ? bytes <= told : bytes === told;
  });
}

/** From its datagram it is known which port a socket has got. */
function joinSocket(context: Context, call: CallDraft, { from }: Ends, draft: PacketDraft): void {
  const { conversation } = draft;
  const { socket } = call;
  if (conversation === undefined) return;
  assign(context, call, conversation);
  if (socket === undefined) return;
  socket.local = from;
  // A server's socket is not one client's.
  if (conversation.toClient === directionFrom(conversation, from)) return;
  for (const early of socket.early.splice(0)) assign(context, early, conversation);
}

function remember(list: PacketDraft[], draft: PacketDraft): void {
  while (list[0]?.isForgotten) list.shift();
  list.push(draft);
  if (list.length > REMEMBERED_MAX) list.shift();
}
