/** The first two segments of a connection, and their retransmissions (RFC 9293, section 3.5). */
import type { CallRecord } from '../../records/call-record.ts';
import type { ConversationRecord } from '../../records/conversation-record.ts';
import { maximumSegmentIn } from '../../records/line.ts';
import { link, linked } from '../../records/links.ts';
import { isToBeAnswered } from './answers.ts';
import { repeat, retransmitted } from './repeats.ts';
import type { Segment } from './segment.ts';

/** To be called for each segment that has SYN set. */
export function synchronize(segment: Segment): void {
  const { context, conversation, direction, record, tcp } = segment;
  const { latestSyn } = direction.tcp;
  if (latestSyn) repeat([latestSyn], record);
  direction.tcp.syn ??= record;
  direction.tcp.latestSyn = record;
  direction.tcp.maximumSegment = maximumSegmentIn(tcp);
  if (tcp.flags.ack) {
    answerSyn(segment);
    return;
  }
  const { connect } = conversation;
  if (connect) {
    link(connect, 'caused', record);
    // It was in SYN-SENT already: SYN had been sent before.
    if (connect.call.stage === 'present') retransmitted(record);
    return;
  }
  const call = context.connects.takeCall(record.from, conversation);
  if (call) adopt(call, conversation);
}

/** The kernel answers each SYN that arrives; what it sends otherwise is due to its own timer. */
function answerSyn({ conversation, record }: Segment): void {
  const { synAck, toServer } = conversation;
  const { latestSyn } = toServer.tcp;
  conversation.synAck ??= record;
  if (latestSyn && (synAck === undefined || isToBeAnswered(latestSyn, record)))
    link(latestSyn, 'caused', record);
}

/** From the SYN of its `connect`, and its retransmissions, it is known which conversation a socket has. */
export function adopt(connect: CallRecord, conversation: ConversationRecord): void {
  const { socket } = connect;
  conversation.connect = connect;
  let { syn } = conversation.toServer.tcp;
  for (; syn; syn = linked(syn, 'repeated-by', 'packet')) link(connect, 'caused', syn);
  connect.assignTo(conversation);
  if (socket === undefined) return;
  socket.conversation = conversation;
  socket.local = conversation.client;
  for (const early of socket.early.splice(0)) early.assignTo(conversation);
}
