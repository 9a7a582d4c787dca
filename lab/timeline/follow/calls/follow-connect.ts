/** Which connection a `connect` begins, if any (connect(2)). */
import { asksForError, isDissolving, isFailure, reportedError } from '../../../model/call-facts.ts';
import type { Context } from '../../known/context.ts';
import { plain } from '../../packets/endpoints.ts';
import type { CallRecord } from '../../records/call-record.ts';
import type { Socket } from '../../records/socket.ts';
import { adopt } from '../tcp/follow-syn.ts';

/** To be called when a `connect` begins. */
export function onConnect(context: Context, record: CallRecord, socket: Socket): void {
  const { peer } = record.call;
  if (isDissolving(record.call)) dissolve(record, socket);
  if (peer === undefined || socket.protocol === 'udp') return;
  const { address, port } = plain(peer);
  const peerName = context.hosts.nameOf(address);
  context.conversations.knowServer(peerName, port);
  if (isRepeated(record, socket)) {
    record.find('repeated-connect');
    return;
  }
  if (socket.connect?.call.stage === 'present') {
    record.find('already-in-progress');
    return;
  }
  if (peerName === record.network) record.find('peer-is-own-host');
  socket.connect = record;
  const begun = context.connects.takeConversation(record, peer);
  if (begun) adopt(record, begun);
}

/** While the first one is in progress, or after it succeeded, another one sends nothing (connect(2), EALREADY and EISCONN). */
function isRepeated({ call: { error } }: CallRecord, { connect }: Socket): boolean {
  if (error === 'EALREADY' || error === 'EISCONN') return true;
  return continuing.has(connect?.call.error ?? '') && error !== 'EINPROGRESS';
}

/** After these the handshake continues without the call (connect(2)). */
const continuing: ReadonlySet<string> = new Set(['EINPROGRESS', 'EINTR']);

/** Without a peer, the socket belongs to no conversation (connect(2)). */
function dissolve(record: CallRecord, socket: Socket): void {
  if (record.call.error === undefined)
    socket.remote = socket.conversation = socket.connect = undefined;
}

/** Whether a call that has returned informs its program that the socket's `connect` has failed. */
export function reportsFailedConnect({ call, finding }: CallRecord): boolean {
  if (asksForError(call)) return reportedError(call) !== undefined;
  return finding === 'repeated-connect' && isFailure(call) && call.error !== 'EISCONN';
}
