/**
 * What a segment means in its connection (RFC 9293): where its bytes are in the stream, what it repeats or acknowledges, which
 * call made the kernel send it, and what state the connection is in then.
 */
import type { Tcp } from '../model/packet.ts';
import { assign, beganAt, type Context, directionFrom, opposite } from './context.ts';
import type { ConversationDraft } from './conversation-draft.ts';
import type { PacketDraft } from './draft.ts';
import type { Ends } from './ends.ts';
import { acknowledge } from './follow-ack.ts';
import { synchronize } from './follow-syn.ts';
import { link } from './links.ts';
import { repeat, retransmitted } from './repeats.ts';
import type { Segment } from './segment.ts';

/** To be called for each segment in the order of their departures. */
export function followTcp(context: Context, draft: PacketDraft, ends: Ends): void {
  const { tcp, payloadLength: length } = draft.packet;
  if (tcp === undefined) return;
  const conversation = conversationOf(context, draft, ends, tcp);
  const direction = directionFrom(conversation, ends.from);
  const segment = { context, conversation, direction, draft, tcp, length };
  assign(context, draft, conversation);
  conversation.packets += 1;
  begin(segment);
  // A segment without ACK is the first of all, or a reset of what is not known.
  if (tcp.flags.ack) acknowledge(segment);
  if (tcp.flags.syn) synchronize(segment);
  else carry(segment);
  if (tcp.flags.fin) finish(segment);
  if (tcp.flags.rst) reset(segment);
  direction.latest = draft;
  context.conversations.touch(conversation, beganAt(draft));
}

/** The latest one between these ends, unless this is the SYN of another one: the ports are used again. */
function conversationOf(
  context: Context,
  draft: PacketDraft,
  ends: Ends,
  tcp: Tcp,
): ConversationDraft {
  const { conversations } = context;
  const known = conversations.find(ends);
  const { syn, ack } = tcp.flags;
  if (known && !(syn && !ack && isOfAnother(known, ends, tcp))) return known;
  const isReply = syn ? ack : conversations.isFromServer(ends);
  const { protocol, from, to } = ends;
  const [client, server] = isReply ? [to, from] : [from, to];
  if (syn) conversations.knowServer(context.hosts.nameOf(server.address), server.port);
  const begun = conversations.begin({ protocol, from: client, to: server }, beganAt(draft));
  if (!syn) begun.state = tcp.flags.rst ? 'reset' : 'open';
  return begun;
}

function isOfAnother(known: ConversationDraft, { from }: Ends, tcp: Tcp): boolean {
  const { toServer, client } = known;
  if (client.address !== from.address || client.port !== from.port) return true;
  const { firstSequence } = toServer.tcp;
  // It was there before anybody looked.
  if (firstSequence === undefined) return known.state !== 'opening';
  return firstSequence !== (tcp.sequenceNumber + 1) >>> 0;
}

/** Byte 0 of a direction is behind its SYN, or where it was joined. */
function begin({ conversation, direction, tcp }: Segment): void {
  const { syn, ack } = tcp.flags;
  if (direction.tcp.isJoined) direction.tcp.begin(tcp.sequenceNumber + (syn ? 1 : 0), syn);
  const other = opposite(conversation, direction);
  if (ack && other.tcp.isJoined && !tcp.flags.rst) other.tcp.begin(tcp.acknowledgmentNumber, false);
}

function carry(segment: Segment): void {
  const { context, conversation, direction, draft, tcp, length } = segment;
  const { ledger } = context;
  const stream = direction.tcp;
  const from = stream.offsetOf(tcp.sequenceNumber);
  if (isProbe(segment, from)) {
    const { window } = opposite(conversation, direction).tcp;
    draft.part = window === 0 ? 'window probe' : 'keep-alive';
    stream.probe = draft;
    return;
  }
  if (length === 0) return;
  const to = from + length;
  const earlier = stream.segments(from, to);
  const [first] = earlier;
  const isOld = to <= stream.next && (first !== undefined || draft.departure !== undefined);
  direction.bytes += stream.send(draft, from, to);
  if (first && (isOld || first.range?.from === from)) repeat(context, earlier, draft);
  else if (isOld) retransmitted(context, draft);
  for (const call of stream.writes(from, to)) link(ledger, call, 'caused', draft);
  if (conversation.state === 'opening') conversation.state = 'open';
}

/**
 * RFC 9293, sections 3.8.4 and 3.8.6.1: it repeats the byte before the next one, or none, so that the other side must answer.
 * A byte that is not acknowledged yet is sent again for its own sake.
 */
function isProbe({ direction, tcp, length }: Segment, from: number): boolean {
  const { next, acknowledged } = direction.tcp;
  const { fin, rst } = tcp.flags;
  if (from !== next - 1 || fin || rst) return false;
  return length === 0 || (length === 1 && acknowledged >= next);
}

function finish({ context, conversation, direction, draft }: Segment): void {
  const { tcp } = direction;
  const { latestFin } = tcp;
  tcp.latestFin = draft;
  if (latestFin) {
    repeat(context, [latestFin], draft);
    return;
  }
  tcp.fin = draft;
  if (tcp.hasEndedBefore) retransmitted(context, draft);
  if (tcp.closing) link(context.ledger, tcp.closing, 'caused', draft);
  tcp.closing = undefined;
  if (conversation.state === 'open' || conversation.state === 'opening')
    conversation.state = 'closing';
}

function reset(segment: Segment): void {
  const { context, conversation, direction, draft, tcp } = segment;
  const { ledger } = context;
  if (isAfterEnd(segment)) {
    draft.part = 'answers after the end';
    const { latest } = opposite(conversation, direction);
    if (latest && latest.passage !== 'lost') link(ledger, latest, 'caused', draft);
    return;
  }
  conversation.error = draft;
  const { toClient, toServer, synAck, state } = conversation;
  if (
    direction === toClient &&
    synAck === undefined &&
    (state === 'opening' || tcp.sequenceNumber === 0)
  ) {
    conversation.state = 'refused';
    draft.part = 'refuses';
    if (toServer.tcp.latestSyn) link(ledger, toServer.tcp.latestSyn, 'caused', draft);
    return;
  }
  if (state !== 'closed' && state !== 'refused') conversation.state = 'reset';
  if (direction.tcp.closing) link(ledger, direction.tcp.closing, 'caused', draft);
  direction.tcp.closing = undefined;
}

/** Both sides have closed it, or this one has reset it before and that was not lost. */
function isAfterEnd({ conversation: { state, error }, draft }: Segment): boolean {
  if (state === 'closed') return true;
  return state === 'reset' && error?.from === draft.from && error.passage !== 'lost';
}
