/**
 * Which call makes the kernel send FIN: `shutdown`, or the `close` of the last descriptor of a socket. As fork(2) and dup(2) make
 * more descriptors of one socket, it is known only afterwards which `close` was the last.
 */

import { type Context, directionOf } from '../../known/context.ts';
import type { CallRecord } from '../../records/call-record.ts';
import type { ConversationRecord } from '../../records/conversation-record.ts';
import { link, linked, unlink } from '../../records/links.ts';
import type { PacketRecord } from '../../records/packet-record.ts';
import type { TcpDirection } from '../../records/tcp-direction.ts';

/** To be called for each `close`, and each `shutdown` of sending. */
export function onEnd(
  context: Context,
  record: CallRecord,
  conversation: ConversationRecord,
): void {
  if (conversation.protocol !== 'tcp') return;
  const { tcp } = directionOf(context, record, conversation);
  const { fin } = tcp;
  if (tcp.hasEndedBefore) record.find('fin-already-sent');
  else if (fin === undefined && isReset(conversation)) record.find('rst-already-received');
  else if (fin === undefined) {
    if (tcp.closing?.call.call === 'shutdown') return;
    markNotLast(tcp.closing);
    tcp.closing = record;
  } else if (fin.began.ns < record.beganNs) record.find('fin-already-sent');
  else onLateEnd(record, fin);
}

function isReset({ state, error }: ConversationRecord): boolean {
  return state === 'reset' && error?.packet.tcp?.flags.rst === true && error.delivery !== 'lost';
}

/** Bytes that are sent after a `close` show that another descriptor was still open. */
export function onSendAfterClose(tcp: TcpDirection, record: CallRecord): void {
  const { closing } = tcp;
  if (closing?.call.call !== 'close' || closing.beganNs >= record.beganNs) return;
  markNotLast(closing);
  tcp.closing = undefined;
}

/** The call is reported after its FIN, which may have been linked with an earlier `close`. */
function onLateEnd(record: CallRecord, fin: PacketRecord): void {
  const known = linked(fin, 'caused-by', 'call');
  if (known?.call.call === 'close' && known.beganNs < record.beganNs) {
    unlink(known, 'caused', fin);
    markNotLast(known);
  }
  if (known?.call.call !== 'shutdown') link(record, 'caused', fin);
}

function markNotLast(close: CallRecord | undefined): void {
  close?.find('not-last-descriptor');
}
