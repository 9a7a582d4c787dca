/** Calls on a socket over UDP that have not failed, and yet take an ICMP error from it. */

import {
  asksForError,
  errorTold,
  messagesLeft,
  readsErrorQueue,
} from '../../../model/call-facts.ts';
import type { Context } from '../../known/context.ts';
import type { CallRecord } from '../../records/call-record.ts';
import { complete } from '../../records/complete.ts';

/** To be called when a call has returned. @returns whether it has got nothing else */
export function tellsError(context: Context, record: CallRecord): boolean {
  const { call } = record;
  if (readsErrorQueue(call)) {
    complete(context.errors.takeQueued(record), record);
    return true;
  }
  const answer = errorTold(call);
  if (answer !== undefined) complete(context.errors.report(record, answer), record);
  if (messagesLeft(call) > 0) stopped(context, record);
  return asksForError(call);
}

/** The error that stopped it is lost to the program (sendmmsg(2), BUGS). */
function stopped(context: Context, record: CallRecord): void {
  const error = context.errors.report(record, undefined);
  if (error === undefined) return;
  record.find('error-not-reported');
  complete(error, record);
}
