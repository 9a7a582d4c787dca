import type { Endpoint } from '../../../model/event.ts';
import { datagramSizes, messagesOf } from '../../../model/messages.ts';
import type { Context } from '../../known/context.ts';
import { messageOf, type Sending } from '../../known/sendings.ts';
import { datagramBytes } from '../../packets/datagram-bytes.ts';
import { type FiveTuple, fiveTupleOf } from '../../packets/five-tuple.ts';
import type { CallRecord } from '../../records/call-record.ts';
import { link } from '../../records/links.ts';
import type { PacketRecord } from '../../records/packet-record.ts';
import { TRACE_JITTER_NS } from '../../time/tolerances.ts';

/** A datagram leaves before its call returns: an older call has sent another one. */
const SEND_MAX_NS = 5e9;
/** A receive buffer of Linux holds fewer, however small they are (socket(7), rmem_default; a datagram counts for 768 bytes). */
const REMEMBERED_MAX = 512;

/** To be called for each datagram in order of departure; of a fragmented one, for its first fragment. */
export function followUdp(context: Context, record: PacketRecord, tuple: FiveTuple): void {
  const { conversations } = context;
  const conversation = conversations.find(tuple) ?? begin(context, record, tuple);
  const direction = conversation.directionFrom(tuple.from);
  record.assignTo(conversation);
  const isAnswer = direction === conversation.toClient;
  if (conversation.state !== 'refused' || isAnswer) conversation.enter('open');
  remember(direction.sent, record);
  conversation.countPacket(record.began, direction, datagramBytes(record));
  if (linkWithCall(context, record, tuple)) return;
  // Its call may be reported late.
  if (context.traced.since(record.from) !== undefined)
    context.sendings.addDatagram(record, tuple.to);
}

/** Links a datagram with the call that sent it. @returns whether one was found */
function linkWithCall(context: Context, record: PacketRecord, tuple: FiveTuple): boolean {
  const sending = sendingOf(context, record, tuple);
  if (sending === undefined) return false;
  const { call } = sending;
  context.sendings.take(sending, tuple.to);
  link(call, 'caused', record);
  joinSocket(call, tuple, record);
  if (call.socket) context.errors.onCall(call.network, call.socket);
  return true;
}

/** To be called for each call that sends: it may be reported later than its datagrams. */
export function followSend(context: Context, record: CallRecord, peer: Endpoint | undefined): void {
  const { sendings } = context;
  sendings.add(record, peer);
  for (const message of messagesOf(record.call)) {
    const to = message.peer ?? peer;
    const isOfCall = (datagram: PacketRecord) => {
      const tuple = fiveTupleOf(datagram.packet);
      return tuple !== undefined && linkWithCall(context, datagram, tuple);
    };
    while (to && sendings.takeDatagram(record, to, isOfCall));
  }
}

/** To be called for each datagram in order of arrival. */
export function followUdpArrival(record: PacketRecord, tuple: FiveTuple): void {
  const { conversation } = record;
  if (record.isDropped) return;
  if (conversation) remember(conversation.directionFrom(tuple.from).unread, record);
}

/** Takes a datagram back that turned out to be several, which are followed in its place. */
export function unfollowUdp(record: PacketRecord, { from }: FiveTuple): void {
  const { conversation } = record;
  if (conversation === undefined) return;
  const direction = conversation.directionFrom(from);
  conversation.discountPacket(direction, datagramBytes(record));
  for (const list of [direction.unread, direction.sent]) {
    const at = list.indexOf(record);
    if (at >= 0) list.splice(at, 1);
  }
}

function begin(
  { conversations }: Context,
  record: PacketRecord,
  { protocol, from, to }: FiveTuple,
) {
  const [client, server] = isReply(conversations, { protocol, from, to }) ? [to, from] : [from, to];
  return conversations.begin({ protocol, from: client, to: server }, record.began);
}

/** The client is the side that sends first, unless that one's port, and only that one's, is known as a server's. */
function isReply(
  conversations: Context['conversations'],
  { protocol, from, to }: FiveTuple,
): boolean {
  return conversations.isServer(from) && !conversations.isServer(to) && protocol === 'udp';
}

/** The call that may have sent a datagram, or the whole that a datagram is a piece of. */
export function sendingOf(
  { sendings }: Context,
  record: PacketRecord,
  tuple: FiveTuple,
): Sending | undefined {
  const { ns } = record.began;
  const bytes = datagramBytes(record);
  return sendings.find(record.from, tuple.to, (sending) => {
    const { call, beganNs } = sending.call;
    if (beganNs > ns || ns - beganNs > SEND_MAX_NS) return false;
    const isOneOfSeveral = messagesOf(call).length > 1;
    if (isOneOfSeveral && ns - beganNs > (call.tookNs ?? 0) + TRACE_JITTER_NS) return false;
    const port = call.socket?.local?.port || tuple.from.port;
    return port === tuple.from.port && isOf(sending, bytes);
  });
}

/** By its length, as far as that is known: as one of the pieces, or as a whole while none of them has left. */
function isOf(sending: Sending, bytes: number): boolean {
  const message = messageOf(sending);
  const sizes = datagramSizes(message);
  if (sizes === undefined) return bytes <= (sending.call.call.data?.bytes ?? bytes);
  return sizes.includes(bytes) || (sending.taken === 0 && message.bytes === bytes);
}

/** A datagram shows which port its socket has. */
function joinSocket(call: CallRecord, { from }: FiveTuple, { conversation }: PacketRecord): void {
  const { socket } = call;
  if (conversation === undefined) return;
  call.assignTo(conversation);
  if (socket === undefined) return;
  socket.local = from;
  // A server's socket is for all its clients.
  if (conversation.toClient === conversation.directionFrom(from)) return;
  for (const early of socket.early.splice(0)) early.assignTo(conversation);
}

function remember(list: PacketRecord[], record: PacketRecord): void {
  while (list[0]?.isForgotten) list.shift();
  list.push(record);
  if (list.length > REMEMBERED_MAX) list.shift();
}
