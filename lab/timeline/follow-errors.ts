/** Calls on a socket over UDP that have not failed, and yet take an ICMP error from it. */
import { asksForConnect, messagesLeft } from './calls.ts';
import { complete } from './complete.ts';
import type { Context } from './context.ts';
import type { CallDraft } from './draft.ts';

/** To be called when a call has returned. @returns whether it has got nothing else */
export function tellsError(context: Context, draft: CallDraft): boolean {
  const { call } = draft;
  if (readsErrors(draft)) {
    complete(context, context.errors.takeQueued(context, draft), draft);
    return true;
  }
  const [, answer] = asksForConnect(call) ? call.arguments.split(', ') : [];
  if (answer !== undefined && answer !== '0')
    complete(context, context.errors.report(context, draft, answer), draft);
  if (messagesLeft(call) > 0) stopped(context, draft);
  return asksForConnect(call);
}

/** recv(2). */
export function readsErrors({ call: { arguments: words } }: CallDraft): boolean {
  return words.includes('MSG_ERRQUEUE');
}

/** The error that stopped it is lost to the program (sendmmsg(2), BUGS). */
function stopped(context: Context, draft: CallDraft): void {
  const error = context.errors.report(context, draft, undefined);
  if (error === undefined) return;
  draft.finding = 'error is not told';
  complete(context, error, draft);
}
