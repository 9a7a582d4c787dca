/**
 * What a segment means in its connection (RFC 9293): where its bytes are in the stream, what it repeats or acknowledges, which
 * call made the kernel send it, and the state of the connection after it.
 */

import type { Tcp } from '../../../model/packet.ts';
import type { Context } from '../../known/context.ts';
import type { FiveTuple } from '../../packets/five-tuple.ts';
import type { ConversationRecord } from '../../records/conversation-record.ts';
import { link } from '../../records/links.ts';
import type { PacketRecord } from '../../records/packet-record.ts';
import { acknowledge } from './follow-ack.ts';
import { synchronize } from './follow-syn.ts';
import { repeat, retransmitted } from './repeats.ts';
import type { Segment } from './segment.ts';

/** To be called for each segment in order of departure. */
export function followTcp(context: Context, record: PacketRecord, tuple: FiveTuple): void {
  const { tcp, payloadLength: length } = record.packet;
  if (tcp === undefined) return;
  const conversation = conversationOf({ context, record, tcp }, tuple);
  const direction = conversation.directionFrom(tuple.from);
  const segment = { context, conversation, direction, record, tcp, length };
  record.assignTo(conversation);
  begin(segment);
  // A segment without ACK is the first one, or resets an unknown connection.
  if (tcp.flags.ack) acknowledge(segment);
  if (tcp.flags.syn) synchronize(segment);
  const bytes = tcp.flags.syn ? 0 : carry(segment);
  if (tcp.flags.fin) finish(segment);
  if (tcp.flags.rst) reset(segment);
  direction.latest = record;
  conversation.countPacket(record.began, direction, bytes);
}

/** The latest one of the five-tuple, unless this is the SYN of a new one that reuses it. */
function conversationOf(
  { context, record, tcp }: Pick<Segment, 'context' | 'record' | 'tcp'>,
  tuple: FiveTuple,
): ConversationRecord {
  const { conversations } = context;
  const known = conversations.find(tuple);
  const { syn, ack } = tcp.flags;
  if (known && !(syn && !ack && isOfAnother(known, tuple, tcp))) return known;
  const isReply = syn ? ack : conversations.isFromServer(tuple);
  const { protocol, from, to } = tuple;
  const [client, server] = isReply ? [to, from] : [from, to];
  if (syn) conversations.knowServer(context.hosts.nameOf(server.address), server.port);
  const begun = conversations.begin({ protocol, from: client, to: server }, record.began);
  if (!syn) begun.enter(tcp.flags.rst ? 'reset' : 'open');
  return begun;
}

function isOfAnother(known: ConversationRecord, { from }: FiveTuple, tcp: Tcp): boolean {
  const { toServer, client } = known;
  if (client.address !== from.address || client.port !== from.port) return true;
  const { firstSequence } = toServer.tcp;
  // It was there before it was captured.
  if (firstSequence === undefined) return known.state !== 'opening';
  return firstSequence !== (tcp.sequenceNumber + 1) >>> 0;
}

/** Byte 0 of a direction follows its SYN, or is the first that was seen of it. */
function begin({ conversation, direction, tcp }: Segment): void {
  const { syn, ack } = tcp.flags;
  if (direction.tcp.isJoined) direction.tcp.begin(tcp.sequenceNumber + (syn ? 1 : 0), syn);
  const other = conversation.opposite(direction);
  if (ack && other.tcp.isJoined && !tcp.flags.rst) other.tcp.begin(tcp.acknowledgmentNumber, false);
}

/** @returns how many of its bytes are new */
function carry(segment: Segment): number {
  const { conversation, direction, record, tcp, length } = segment;
  const stream = direction.tcp;
  const from = stream.offsetOf(tcp.sequenceNumber);
  if (isProbe(segment, from)) {
    const { window } = conversation.opposite(direction).tcp;
    record.note({ part: window === 0 ? 'window-probe' : 'keep-alive' });
    stream.probe = record;
    return 0;
  }
  if (length === 0) return 0;
  const to = from + length;
  const earlier = stream.segments(from, to);
  const [first] = earlier;
  const isOld = to <= stream.next && (first !== undefined || record.departure !== undefined);
  const fresh = stream.send(record, from, to);
  if (first && (isOld || first.range?.from === from)) repeat(earlier, record);
  else if (isOld) retransmitted(record);
  for (const call of stream.writes(from, to)) link(call, 'caused', record);
  if (conversation.state === 'opening') conversation.enter('open');
  return fresh;
}

/**
 * RFC 9293, sections 3.8.4 and 3.8.6.1: it repeats the byte before the next one, or none, so that the other side must answer.
 * A byte that is not acknowledged yet is a retransmission.
 */
function isProbe({ direction, tcp, length }: Segment, from: number): boolean {
  const { next, acknowledged } = direction.tcp;
  const { fin, rst } = tcp.flags;
  if (from !== next - 1 || fin || rst) return false;
  return length === 0 || (length === 1 && acknowledged >= next);
}

function finish({ conversation, direction, record }: Segment): void {
  const { tcp } = direction;
  const { latestFin } = tcp;
  tcp.latestFin = record;
  if (latestFin) {
    repeat([latestFin], record);
    return;
  }
  tcp.fin = record;
  if (tcp.hasEndedBefore) retransmitted(record);
  if (tcp.closing) link(tcp.closing, 'caused', record);
  tcp.closing = undefined;
  if (conversation.state === 'open' || conversation.state === 'opening')
    conversation.enter('closing');
}

function reset(segment: Segment): void {
  const { conversation, direction, record, tcp } = segment;
  if (isAfterEnd(segment)) {
    record.note({ part: 'answer-after-end' });
    const { latest } = conversation.opposite(direction);
    if (latest && latest.delivery !== 'lost') link(latest, 'caused', record);
    return;
  }
  conversation.error = record;
  const { toClient, toServer, synAck, state } = conversation;
  if (
    direction === toClient &&
    synAck === undefined &&
    (state === 'opening' || tcp.sequenceNumber === 0)
  ) {
    conversation.enter('refused');
    record.note({ part: 'refusal' });
    if (toServer.tcp.latestSyn) link(toServer.tcp.latestSyn, 'caused', record);
    return;
  }
  if (state !== 'closed' && state !== 'refused') conversation.enter('reset');
  if (direction.tcp.closing) link(direction.tcp.closing, 'caused', record);
  direction.tcp.closing = undefined;
}

/** Both sides have closed it, or this side's earlier RST was not lost. */
function isAfterEnd({ conversation: { state, error }, record }: Segment): boolean {
  if (state === 'closed') return true;
  return state === 'reset' && error?.from === record.from && error.delivery !== 'lost';
}
