/** What an acknowledgment says: which bytes have arrived, and which step of the connection is done (RFC 9293, section 3.10). */
import type { Tcp } from '../../../model/packet.ts';
import type { ConversationRecord, Direction } from '../../records/conversation-record.ts';
import { link } from '../../records/links.ts';
import type { TcpDirection } from '../../records/tcp-direction.ts';
import { proveArrival } from './proof.ts';
import { isCopyToBeAnswered, isToBeAnswered } from './repeats.ts';
import type { Segment } from './segment.ts';

/** To be called for each segment that has ACK set, before anything else of it is followed. */
export function acknowledge(segment: Segment): void {
  const { conversation, direction, record, tcp, length } = segment;
  const { syn, fin, rst } = tcp.flags;
  const other = conversation.opposite(direction).tcp;
  if (other.isJoined) return;
  const offset = other.offsetOf(tcp.acknowledgmentNumber);
  record.note({ acknowledged: offset });
  if (!rst) proveArrivals(segment, other, offset);
  const isPlain = length === 0 && !syn && !fin && !rst;
  const isOpening = conversation.state === 'opening' && conversation.synAck !== undefined;
  if (isOpening && direction === conversation.toServer && !rst) {
    conversation.enter('open');
    conversation.thirdAck = record;
    if (isPlain) record.note({ part: 'third-ack' });
  } else if (isPlain && offset === other.acknowledged && answersCopy(segment, other, offset)) {
    record.note({ part: 'answer-to-copy' });
  } else if (isPlain && offset === other.acknowledged && tcp.window > direction.tcp.window) {
    record.note({ part: 'window-update' });
  } else if (isPlain && other.fin && offset === other.next + 1) {
    record.note({ part: 'ack-of-fin' });
  } else if (isPlain && offset === other.acknowledged && offset < other.next) {
    if (tcp.window === direction.tcp.window) record.note({ part: 'duplicate-ack' });
  }
  if (!rst) completeLate(segment);
  if (isPlain && offset === other.acknowledged) answersProbe(segment, other);
  // That of a SYN is not scaled, and cannot be compared with those that follow (RFC 7323, section 2.2).
  direction.tcp.window = syn ? Number.POSITIVE_INFINITY : tcp.window;
  other.acknowledged = Math.max(other.acknowledged, offset);
  settleEnd(conversation);
}

/** Where the third ACK did not get there, what the client sends next completes the handshake (RFC 9293, section 3.10.7.4). */
function completeLate({ conversation, direction, record }: Segment): void {
  const { thirdAck, toServer } = conversation;
  if (thirdAck === undefined || direction !== toServer) return;
  if (thirdAck.delivery === 'lost' || thirdAck.isDropped) conversation.thirdAck = record;
}

/** A probe has no bytes that are new, so that only its answer tells that it came (RFC 9293, sections 3.8.4 and 3.8.6.1). */
function answersProbe({ record }: Segment, { probe }: TcpDirection): void {
  if (probe && isToBeAnswered(probe, record)) link(probe, 'caused', record);
}

/** It acknowledges nothing new: what came was there already. */
function answersCopy({ record, tcp }: Segment, other: TcpDirection, offset: number): boolean {
  const reported = reportedCopy(tcp, other, offset);
  const { latestSyn, latestFin, next } = other;
  const had = [
    ...[latestSyn, ...other.segments(0, offset).filter(({ range }) => (range?.to ?? 0) <= offset)],
    ...(offset > next ? [latestFin] : []),
  ];
  const copy = reported ?? had.find((one) => one && isCopyToBeAnswered(one, record));
  if (copy) link(copy, 'caused', record);
  return copy !== undefined;
}

/** A receiver that can tells which bytes came twice: its first block is below what it acknowledges (RFC 2883, section 4). */
function reportedCopy({ options }: Tcp, other: TcpDirection, offset: number) {
  const [block] = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  if (block === undefined) return undefined;
  const [left, right] = [other.offsetOf(block.left), other.offsetOf(block.right)];
  return right <= offset ? other.segments(left, right).at(-1) : undefined;
}

/** What is acknowledged for the first time has arrived, whether or not anybody saw that. */
function proveArrivals({ context }: Segment, other: TcpDirection, offset: number): void {
  const { acknowledged, latestSyn, latestFin, next } = other;
  if (offset <= acknowledged) return;
  if (acknowledged < 0) proveArrival(context, latestSyn);
  for (const carrier of other.segments(acknowledged, offset)) {
    if ((carrier.range?.to ?? 0) <= offset) proveArrival(context, carrier);
  }
  if (offset > next) proveArrival(context, latestFin);
}

/** It is closed when each side has acknowledged the other's FIN, which takes the number behind the last byte. */
function settleEnd(conversation: ConversationRecord): void {
  const { toServer, toClient, state } = conversation;
  if (state !== 'closing') return;
  const isOver = ({ tcp }: Direction) =>
    tcp.hasEndedBefore || (tcp.fin !== undefined && tcp.acknowledged > tcp.next);
  if (isOver(toServer) && isOver(toClient)) conversation.enter('closed');
}
