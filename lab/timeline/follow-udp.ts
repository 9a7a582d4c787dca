import type { Endpoint } from '../model/event.ts';
import { assign, beganAt, type Context, directionFrom } from './context.ts';
import type { CallDraft, PacketDraft } from './draft.ts';
import { type Ends, endsOf } from './ends.ts';
import { isDropped } from './is-dropped.ts';
import { link } from './links.ts';
import { datagramSizes, messagesOf } from './messages.ts';
import { messageOf, type Sending } from './sockets.ts';

/** A call that sends a datagram is over when that has left; one that was longer ago made another. */
const SEND_MAX_NS = 5e9;
/** What a trace tells of a call's end is earlier than the end by so much at most. */
const JITTER_NS = 2e6;
/** A receive buffer of Linux holds fewer, however small they are (socket(7), rmem_default; a datagram counts for 768 bytes). */
const REMEMBERED_MAX = 512;
const UDP_HEADER_BYTES = 8;

/** To be called for each datagram in the order of their departures; of a fragmented one, for its first fragment. */
export function followUdp(context: Context, draft: PacketDraft, ends: Ends): void {
  const { conversations } = context;
  const conversation = conversations.find(ends) ?? begin(context, draft, ends);
  const direction = directionFrom(conversation, ends.from);
  assign(context, draft, conversation);
  conversation.packets += 1;
  const isAnswer = direction === conversation.toClient;
  if (conversation.state !== 'refused' || isAnswer) conversation.state = 'open';
  direction.bytes += datagramBytes(draft);
  remember(direction.sent, draft);
  conversations.touch(conversation, beganAt(draft));
  if (isExplained(context, draft, ends)) return;
  // Its call may be told late.
  if (context.traced.since(draft.from) !== undefined) context.sockets.waitForCall(draft, ends.to);
}

/** Looks for the call that sent it. */
function isExplained(context: Context, draft: PacketDraft, ends: Ends): boolean {
  const sending = sendingOf(context, draft, ends);
  if (sending === undefined) return false;
  const { call } = sending;
  context.sockets.take(sending, ends.to);
  link(context.ledger, call, 'caused', draft);
  joinSocket(context, call, ends, draft);
  if (call.socket) context.errors.use(call.network, call.socket);
  return true;
}

/** To be called for each call that sends: it may be told later than its datagrams. */
export function followSend(context: Context, draft: CallDraft, peer: Endpoint | undefined): void {
  const { sockets } = context;
  sockets.waitForDatagrams(draft, peer);
  for (const message of messagesOf(draft.call)) {
    const to = message.peer ?? peer;
    const isOfCall = (datagram: PacketDraft) => {
      const ends = endsOf(datagram.packet);
      return ends !== undefined && isExplained(context, datagram, ends);
    };
    while (to && sockets.takeDatagram(draft, to, isOfCall));
  }
}

/** To be called for each in the order of their arrivals. */
export function followUdpArrival(draft: PacketDraft, ends: Ends): void {
  const { conversation } = draft;
  if (isDropped(draft)) return;
  if (conversation) remember(directionFrom(conversation, ends.from).unread, draft);
}

/** It turned out to be several, which are followed in its place. */
export function unfollowUdp({ conversations }: Context, draft: PacketDraft, { from }: Ends): void {
  const { conversation } = draft;
  if (conversation === undefined) return;
  const direction = directionFrom(conversation, from);
  conversation.packets -= 1;
  direction.bytes -= datagramBytes(draft);
  for (const list of [direction.unread, direction.sent]) {
    const at = list.indexOf(draft);
    if (at >= 0) list.splice(at, 1);
  }
  conversations.touch(conversation);
}

/** What a call sent was cut up, as its socket had been told before anybody traced it. */
export function sendsAgain(context: Context, draft: CallDraft, { to }: Ends, size: number): void {
  draft.call = { segmentBytes: size, ...draft.call };
  context.sockets.waitForDatagrams(draft, to);
  context.ledger.touch(draft);
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

/** The call that may have sent a datagram, or the whole that a datagram is a piece of. */
export function sendingOf(
  { sockets }: Context,
  draft: PacketDraft,
  ends: Ends,
): Sending | undefined {
  const { ns } = beganAt(draft);
  const bytes = datagramBytes(draft);
  return sockets.findSend(draft.from, ends.to, (sending) => {
    const { call, beganNs } = sending.call;
    if (beganNs > ns || ns - beganNs > SEND_MAX_NS) return false;
    const isOneOfSeveral = messagesOf(call).length > 1;
    if (isOneOfSeveral && ns - beganNs > (call.tookNs ?? 0) + JITTER_NS) return false;
    const port = call.socket?.local?.port || ends.from.port;
    return port === ends.from.port && isOf(sending, bytes);
  });
}

/** By its length, as far as that is told: as a whole, as long as none of its pieces has left, or as one of them. */
function isOf(sending: Sending, bytes: number): boolean {
  const message = messageOf(sending);
  const sizes = datagramSizes(message);
  if (sizes === undefined) return bytes <= (sending.call.call.data?.bytes ?? bytes);
  return sizes.includes(bytes) || (sending.taken === 0 && message.bytes === bytes);
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
