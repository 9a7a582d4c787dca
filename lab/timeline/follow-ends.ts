/**
 * Which call makes the kernel send FIN: `shutdown`, or the `close` of the last descriptor of a socket. Descriptors of one socket
 * come of fork(2) and dup(2), so that which `close` was the last is known only afterwards.
 */
import { beganAt, type Context, directionOf } from './context.ts';
import type { ConversationDraft } from './conversation-draft.ts';
import type { CallDraft, PacketDraft } from './draft.ts';
import { link, linked, unlink } from './links.ts';
import type { TcpDirection } from './tcp-direction.ts';

/** To be called for each `close`, and each `shutdown` of sending. */
export function ends(context: Context, draft: CallDraft, conversation: ConversationDraft): void {
  if (conversation.protocol !== 'tcp') return;
  const { tcp } = directionOf(context, draft, conversation);
  const { fin } = tcp;
  if (tcp.hasEndedBefore) draft.finding = 'FIN was sent before';
  else if (fin === undefined && isReset(conversation)) draft.finding = 'RST came before';
  else if (fin === undefined) {
    if (tcp.closing?.call.call === 'shutdown') return;
    wasNotLast(context, tcp.closing);
    tcp.closing = draft;
  } else if (beganAt(fin).ns < draft.beganNs) draft.finding = 'FIN was sent before';
  else endsLate(context, draft, fin);
}

function isReset({ state, error }: ConversationDraft): boolean {
  return state === 'reset' && error?.packet.tcp?.flags.rst === true && error.passage !== 'lost';
}

/** What is sent on a socket after its `close` is sent by another one that has it. */
export function keepsOpen(context: Context, tcp: TcpDirection, draft: CallDraft): void {
  const { closing } = tcp;
  if (closing?.call.call !== 'close' || closing.beganNs >= draft.beganNs) return;
  wasNotLast(context, closing);
  tcp.closing = undefined;
}

/** It is told after its FIN: an earlier `close` was taken to have sent that. */
function endsLate(context: Context, draft: CallDraft, fin: PacketDraft): void {
  const known = linked(fin, 'caused by', 'call');
  if (known?.call.call === 'close' && known.beganNs < draft.beganNs) {
    unlink(context.ledger, known, 'caused', fin);
    wasNotLast(context, known);
  }
  if (known?.call.call !== 'shutdown') link(context.ledger, draft, 'caused', fin);
}

function wasNotLast({ ledger }: Context, close: CallDraft | undefined): void {
  if (close === undefined) return;
  close.finding = 'not the last';
  ledger.touch(close);
}
