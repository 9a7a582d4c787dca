/**
 * Which call makes the kernel send FIN: `shutdown`, or the `close` of the last descriptor of a socket. Descriptors of one socket
 * come of fork(2) and dup(2), so that which `close` was the last is known only afterwards.
 */

import { type Context, directionOf } from '../../known/context.ts';
import type { CallRecord } from '../../records/call-record.ts';
import type { ConversationRecord } from '../../records/conversation-record.ts';
import { link, linked, unlink } from '../../records/links.ts';
import type { PacketRecord } from '../../records/packet-record.ts';
import type { TcpDirection } from '../../records/tcp-direction.ts';

/** To be called for each `close`, and each `shutdown` of sending. */
export function ends(context: Context, record: CallRecord, conversation: ConversationRecord): void {
  if (conversation.protocol !== 'tcp') return;
  const { tcp } = directionOf(context, record, conversation);
  const { fin } = tcp;
  if (tcp.hasEndedBefore) record.find('fin-already-sent');
  else if (fin === undefined && isReset(conversation)) record.find('rst-already-received');
  else if (fin === undefined) {
    if (tcp.closing?.call.call === 'shutdown') return;
    wasNotLast(tcp.closing);
    tcp.closing = record;
  } else if (fin.began.ns < record.beganNs) record.find('fin-already-sent');
  else endsLate(record, fin);
}

function isReset({ state, error }: ConversationRecord): boolean {
  return state === 'reset' && error?.packet.tcp?.flags.rst === true && error.delivery !== 'lost';
}

/** What is sent on a socket after its `close` is sent by another one that has it. */
export function keepsOpen(tcp: TcpDirection, record: CallRecord): void {
  const { closing } = tcp;
  if (closing?.call.call !== 'close' || closing.beganNs >= record.beganNs) return;
  wasNotLast(closing);
  tcp.closing = undefined;
}

/** It is told after its FIN: an earlier `close` was taken to have sent that. */
function endsLate(record: CallRecord, fin: PacketRecord): void {
  const known = linked(fin, 'caused-by', 'call');
  if (known?.call.call === 'close' && known.beganNs < record.beganNs) {
    unlink(known, 'caused', fin);
    wasNotLast(known);
  }
  if (known?.call.call !== 'shutdown') link(record, 'caused', fin);
}

function wasNotLast(close: CallRecord | undefined): void {
  close?.find('not-last-descriptor');
}
