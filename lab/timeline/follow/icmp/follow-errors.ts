/** Calls on UDP sockets that do not fail, and yet take an ICMP error from the socket. */

import {
  asksForError,
  messagesLeft,
  readsErrorQueue,
  reportedError,
} from '../../../model/call-facts.ts';
import type { Context } from '../../known/context.ts';
import type { CallRecord } from '../../records/call-record.ts';
import { complete } from '../../records/complete.ts';

/** To be called when a call has returned. @returns whether errors are all that it asked for */
export function takesError(context: Context, record: CallRecord): boolean {
  const { call } = record;
  if (readsErrorQueue(call)) {
    complete(context.errors.takeQueued(record), record);
    return true;
  }
  const answer = reportedError(call);
  if (answer !== undefined) complete(context.errors.report(record, answer), record);
  if (messagesLeft(call) > 0) onStopped(context, record);
  return asksForError(call);
}

/** An error stopped it, which the program never gets (sendmmsg(2), BUGS). */
function onStopped(context: Context, record: CallRecord): void {
  const error = context.errors.report(record, undefined);
  if (error === undefined) return;
  record.find('error-not-reported');
  complete(error, record);
}
