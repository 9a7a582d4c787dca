/** Sockets that were there when their trace began: a `connect` in progress, and what each side had done by then. */

import type { TcpState } from '../../../model/event.ts';
import { type Context, directionOf } from '../../known/context.ts';
import { isSpecified } from '../../packets/endpoints.ts';
import type { CallRecord } from '../../records/call-record.ts';
import type { ConversationRecord } from '../../records/conversation-record.ts';
import type { Socket } from '../../records/socket.ts';

/** RFC 9293, section 3.3.2: this side has sent FIN, or has received the other side's. */
const hasSentFin: ReadonlySet<TcpState> = new Set([
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSING',
  'LAST-ACK',
]);
const hasReceivedFin: ReadonlySet<TcpState> = new Set(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK']);

/** To be called for each socket that was `present`. */
export function followPresent(context: Context, record: CallRecord, socket: Socket): void {
  socket.present = record;
  const conversation = record.conversation ?? begin(context, record, socket);
  if (conversation === undefined) return;
  conversation.isAccepted ||= record.call.call === 'accept';
  inherit(context, record, socket);
  if (record.call.state !== 'SYN-SENT') return;
  socket.connect = record;
  conversation.connect ??= record;
}

/** The connection is a conversation from then on, so that its next calls are linked with its packets. */
function begin(
  context: Context,
  record: CallRecord,
  socket: Socket,
): ConversationRecord | undefined {
  const { call, beganNs: ns, atNs } = record;
  const { local, remote, protocol } = socket;
  if (protocol !== 'tcp' || call.state === undefined || !remote) return undefined;
  if (local === undefined || !isSpecified(local)) return undefined;
  const [from, to] = call.call === 'accept' ? [remote, local] : [local, remote];
  context.conversations.knowServer(context.hosts.nameOf(to.address), to.port);
  const begun = context.conversations.begin({ protocol, from, to }, { ns, atNs });
  if (call.state !== 'SYN-SENT' && call.state !== 'SYN-RECEIVED') begun.enter('open');
  socket.conversation = begun;
  record.assignTo(begun);
  return begun;
}

/** To be called when the conversation of a socket that was present is found: only a part of it was seen. */
export function inherit(context: Context, record: CallRecord, socket: Socket): void {
  const { present } = socket;
  const conversation = record.conversation ?? socket.conversation;
  if (present === undefined || conversation?.protocol !== 'tcp') return;
  socket.present = undefined;
  present.assignTo(conversation);
  const { state = 'ESTABLISHED', unreadBytes = 0, unacknowledgedBytes = 0 } = present.call;
  const own = directionOf(context, present, conversation);
  const other = conversation.opposite(own);
  other.tcp.leaveUnread(unreadBytes);
  own.tcp.explainUntil(own.tcp.next + unacknowledgedBytes);
  own.tcp.hasEndedBefore ||= hasSentFin.has(state);
  other.tcp.hasEndedBefore ||= hasReceivedFin.has(state);
  settle(conversation);
}

function settle(conversation: ConversationRecord): void {
  const { state, toServer, toClient } = conversation;
  const hasEnded = toServer.tcp.hasEndedBefore || toClient.tcp.hasEndedBefore;
  if (hasEnded && (state === 'open' || state === 'opening')) conversation.enter('closing');
}
