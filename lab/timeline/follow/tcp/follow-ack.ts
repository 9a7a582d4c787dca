/** What an acknowledgment shows: which bytes have arrived, and which part of the handshake is complete (RFC 9293, section 3.10). */
import type { Tcp } from '../../../model/packet.ts';
import { between } from '../../../util/nanoseconds.ts';
import type { ConversationRecord, Direction } from '../../records/conversation-record.ts';
import { link } from '../../records/links.ts';
import type { TcpDirection } from '../../records/tcp-direction.ts';
import type { PacketPart } from '../../step.ts';
import { isCopyToBeAnswered, isToBeAnswered } from './answers.ts';
import { proveArrival } from './prove-arrival.ts';
import type { Segment } from './segment.ts';

/** To be called for each segment that has ACK set, before anything else of it is followed. */
export function acknowledge(segment: Segment): void {
  const { conversation, direction, record, tcp, length } = segment;
  const { syn, fin, rst } = tcp.flags;
  const other = conversation.opposite(direction).tcp;
  if (other.isJoined) return;
  const offset = other.offsetOf(tcp.acknowledgmentNumber);
  if (!rst) proveArrivals(segment, other, offset);
  const isPlain = length === 0 && !syn && !fin && !rst;
  const opens = !rst && opensConversation(segment);
  if (opens) {
    conversation.enter('open');
    conversation.thirdAck = record;
    awaitAccept(segment);
  }
  const part = isPlain ? (opens ? 'third-ack' : partOf(segment, other, offset)) : undefined;
  record.note({ acknowledged: offset, ...(part && { part }) });
  if (!rst) completeLate(segment);
  if (isPlain && offset === other.acknowledged) linkProbe(segment, other);
  // The window of a SYN is not scaled, and cannot be compared with later ones (RFC 7323, section 2.2).
  direction.tcp.window = syn ? Number.POSITIVE_INFINITY : tcp.window;
  other.acknowledged = Math.max(other.acknowledged, offset);
  settleEnd(conversation);
}

/** What was there before the trace may have been accepted before it. */
function awaitAccept({
  context: { hosts, traced, acceptQueues },
  conversation,
  record,
}: Segment): void {
  const server = hosts.nameOf(conversation.server.address);
  if ((traced.since(server) ?? Number.POSITIVE_INFINITY) <= record.began.ns)
    acceptQueues.add(server, conversation);
}

function opensConversation({ conversation, direction }: Segment): boolean {
  const { state, synAck, toServer } = conversation;
  return state === 'opening' && synAck !== undefined && direction === toServer;
}

/** Of a segment that is nothing but an acknowledgment. */
function partOf(segment: Segment, other: TcpDirection, offset: number): PacketPart | undefined {
  const { window } = segment.tcp;
  const { window: former } = segment.direction.tcp;
  const isNothingNew = offset === other.acknowledged;
  if (isNothingNew && answersCopy(segment, other, offset)) return 'answer-to-copy';
  if (isNothingNew && window > former) return 'window-update';
  if (other.fin && offset === other.next + 1) return 'ack-of-fin';
  return isNothingNew && offset < other.next && window === former ? 'duplicate-ack' : undefined;
}

/** Where the third ACK did not arrive, the client's next segment completes the handshake (RFC 9293, section 3.10.7.4). */
function completeLate({ conversation, direction, record }: Segment): void {
  const { thirdAck, toServer } = conversation;
  if (thirdAck === undefined || thirdAck === record || direction !== toServer) return;
  if (thirdAck.delivery === 'lost' || thirdAck.isDropped) conversation.thirdAck = record;
  else if (thirdAck.isHeldBack || between(thirdAck.endNs ?? record.atNs, record.atNs) < 0)
    conversation.overtakingAck ??= record;
}

/** A probe has no new bytes, so that only its answer shows that it arrived (RFC 9293, sections 3.8.4 and 3.8.6.1). */
function linkProbe({ record }: Segment, { probe }: TcpDirection): void {
  if (probe && isToBeAnswered(probe, record)) link(probe, 'caused', record);
}

/** Whether it answers a copy of what had arrived before, with which it is linked then. */
function answersCopy({ record, tcp }: Segment, other: TcpDirection, offset: number): boolean {
  const reported = reportedCopy(tcp, other, offset);
  const { latestSyn, latestFin, next } = other;
  const had = [
    latestSyn,
    ...other.segments(0, offset).filter(({ range }) => (range?.to ?? 0) <= offset),
    ...(offset > next ? [latestFin] : []),
  ];
  const copy = reported ?? had.find((one) => one && isCopyToBeAnswered(one, record));
  if (copy) link(copy, 'caused', record);
  return copy !== undefined;
}

/** A receiver may report which bytes arrived twice: then its first block is below what it acknowledges (RFC 2883, section 4). */
function reportedCopy({ options }: Tcp, other: TcpDirection, offset: number) {
  const [block] = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  if (block === undefined) return undefined;
  const [left, right] = [other.offsetOf(block.left), other.offsetOf(block.right)];
  return right <= offset ? other.segments(left, right).at(-1) : undefined;
}

/** What is acknowledged for the first time has arrived, whether or not that was seen. */
function proveArrivals({ context }: Segment, other: TcpDirection, offset: number): void {
  const { acknowledged, latestSyn, latestFin, next } = other;
  if (offset <= acknowledged) return;
  if (acknowledged < 0) proveArrival(context, latestSyn);
  for (const carrier of other.segments(acknowledged, offset)) {
    if ((carrier.range?.to ?? 0) <= offset) proveArrival(context, carrier);
  }
  if (offset > next) proveArrival(context, latestFin);
}

/** It is closed when each side has acknowledged the other's FIN, whose sequence number follows the last byte. */
function settleEnd(conversation: ConversationRecord): void {
  const { toServer, toClient, state } = conversation;
  if (state !== 'closing') return;
  const isOver = ({ tcp }: Direction) =>
    tcp.hasEndedBefore || (tcp.fin !== undefined && tcp.acknowledged > tcp.next);
  if (isOver(toServer) && isOver(toClient)) conversation.enter('closed');
}
