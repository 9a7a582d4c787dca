import type { CallName, TransferArguments, TransferName } from './call.ts';
import type { CallEvent } from './event.ts';

const sends: ReadonlySet<CallName> = new Set([
  'send',
  'sendto',
  'sendmsg',
  'sendmmsg',
  'sendfile',
  'write',
  'writev',
]);
const receives: ReadonlySet<CallName> = new Set([
  'recv',
  'recvfrom',
  'recvmsg',
  'recvmmsg',
  'read',
  'readv',
]);

export function isSend({ call, direction }: CallEvent): boolean {
  return sends.has(call) || direction === 'out';
}

export function isReceive({ call, direction }: CallEvent): boolean {
  return receives.has(call) || direction === 'in';
}

/** These are no failures: the work continues without the call, or nothing is there yet (connect(2), recv(2), signal(7)). */
const notYet: ReadonlySet<string> = new Set([
  'EINPROGRESS',
  'EALREADY',
  'EAGAIN',
  'EWOULDBLOCK',
  'EINTR',
]);

/** Whether it failed; an answer that only says "not yet" is no failure. */
export function isFailure({ error }: Pick<CallEvent, 'error'>): boolean {
  return error !== undefined && !notYet.has(error);
}

/** Whether it waits for something to arrive: it stands among other steps where it returned. */
export function waitsForOthers(call: CallEvent): boolean {
  return call.call === 'accept' || isReceive(call);
}

/** It dissolves the association of its socket, which has no peer any more (connect(2)). */
export function isDissolving(event: CallEvent): boolean {
  return event.call === 'connect' && event.arguments.family === 'AF_UNSPEC';
}

/** A program asks in this way what became of a `connect` that it did not wait for (connect(2), EINPROGRESS). */
export function asksForError(event: CallEvent): boolean {
  return event.call === 'getsockopt' && event.arguments.option === 'SO_ERROR';
}

/** The error that SO_ERROR returned, which takes it from the socket (socket(7)). */
export function reportedError(event: CallEvent): string | undefined {
  if (event.call !== 'getsockopt') return undefined;
  const { value } = event.arguments;
  return value?.kind === 'error' ? value.error : undefined;
}

const transfers: ReadonlySet<CallName> = new Set([...sends, ...receives, 'splice']);

/** What a call that sends or receives was asked for; empty for other calls. */
export function requestOf(event: CallEvent): TransferArguments {
  return isTransfer(event) ? event.arguments : {};
}

function isTransfer(event: CallEvent): event is Extract<CallEvent, { call: TransferName }> {
  return transfers.has(event.call);
}

function hasFlag(event: CallEvent, flag: `MSG_${string}`): boolean {
  return requestOf(event).flags?.includes(flag) ?? false;
}

/** It reads what has arrived, and leaves it there for the next call (recv(2)). */
export function peeks(event: CallEvent): boolean {
  return hasFlag(event, 'MSG_PEEK');
}

/** It takes an error from the queue of its socket (recv(2)). */
export function readsErrorQueue(event: CallEvent): boolean {
  return hasFlag(event, 'MSG_ERRQUEUE');
}

/** How many bytes it sent or received, as far as that is known: `sendmmsg` and `recvmmsg` return how many messages. */
export function bytesOf({ call, stage, result, data, error }: CallEvent): number | undefined {
  if (error !== undefined) return 0;
  if (stage !== 'returned' || countsMessages({ call })) return data?.bytes;
  return result ?? data?.bytes;
}

/** It returns how many messages, not how many bytes. */
export function countsMessages({ call }: Pick<CallEvent, 'call'>): boolean {
  return call === 'sendmmsg' || call === 'recvmmsg';
}

/** How many bytes more it was given than the kernel took (send(2), write(2)); 0 where that is not known: a file may have ended. */
export function bytesLeft(event: CallEvent): number {
  const { call, stage, result, error } = event;
  if (!isSend(event) || call === 'sendfile' || call === 'splice' || countsMessages({ call }))
    return 0;
  if (stage !== 'returned' || error !== undefined || result === undefined) return 0;
  return Math.max(0, bytesGiven(event) - result);
}

/** How many messages more it was given than it sent (sendmmsg(2)). */
export function messagesLeft(event: CallEvent): number {
  const { call, result } = event;
  const { requestedMessages = 0 } = requestOf(event);
  return call === 'sendmmsg' && result !== undefined ? Math.max(0, requestedMessages - result) : 0;
}

/** It has room for no byte, and so returns 0 whatever is there (read(2)). */
export function asksForNothing(event: CallEvent): boolean {
  return isReceive(event) && requestOf(event).requestedBytes === 0;
}

/** How many bytes a call that sends was given, whatever the kernel takes of them. */
export function bytesGiven(event: CallEvent): number {
  return isSend(event) ? (requestOf(event).requestedBytes ?? 0) : 0;
}

/** How many bytes a call that receives has room for: of a longer datagram it gets no more. */
export function roomOf(event: CallEvent): number {
  return isReceive(event) ? (requestOf(event).requestedBytes ?? 0) : 0;
}
