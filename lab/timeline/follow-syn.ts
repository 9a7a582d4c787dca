/** The first two segments of a connection, each as often as it is sent (RFC 9293, section 3.5). */
import { assign, type Context } from './context.ts';
import type { ConversationDraft } from './conversation-draft.ts';
import type { CallDraft } from './draft.ts';
import { maximumSegmentIn } from './line.ts';
import { link, linked } from './links.ts';
import { isToBeAnswered, repeat, retransmitted } from './repeats.ts';
import type { Segment } from './segment.ts';

/** To be called for each segment that has SYN set. */
export function synchronize(segment: Segment): void {
  const { context, conversation, direction, draft, tcp } = segment;
  const { connects, ledger } = context;
  const { latestSyn } = direction.tcp;
  if (latestSyn) repeat(context, [latestSyn], draft);
  direction.tcp.syn ??= draft;
  direction.tcp.latestSyn = draft;
  direction.tcp.maximumSegment = maximumSegmentIn(tcp);
  if (tcp.flags.ack) {
    answerSyn(segment);
    return;
  }
  const { connect } = conversation;
  if (connect) {
    link(ledger, connect, 'caused', draft);
    // It was in SYN-SENT already: an earlier SYN has been sent.
    if (connect.call.stage === 'present') retransmitted(context, draft);
    return;
  }
  const call = connects.takeCall(draft.from, conversation);
  if (call) adopt(context, call, conversation);
}

/** The kernel answers each SYN that comes; what it sends when none has come is by its own timer. */
function answerSyn({ context, conversation, draft }: Segment): void {
  const { synAck, toServer } = conversation;
  const { latestSyn } = toServer.tcp;
  conversation.synAck ??= draft;
  if (latestSyn && (synAck === undefined || isToBeAnswered(latestSyn, draft)))
    link(context.ledger, latestSyn, 'caused', draft);
}

/** From its SYN, and what repeats that, it is known which conversation a socket has. */
export function adopt(context: Context, connect: CallDraft, conversation: ConversationDraft): void {
  const { socket } = connect;
  conversation.connect = connect;
  let { syn } = conversation.toServer.tcp;
  for (; syn; syn = linked(syn, 'repeated by', 'packet'))
    link(context.ledger, connect, 'caused', syn);
  assign(context, connect, conversation);
  if (socket === undefined) return;
  socket.conversation = conversation;
  socket.local = conversation.client;
  for (const early of socket.early.splice(0)) assign(context, early, conversation);
}
