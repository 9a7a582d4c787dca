import type { CallEvent, CallName } from '../model/event.ts';

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

/** What is not a failure: the work goes on without the call, or there is nothing yet (connect(2), recv(2), signal(7)). */
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

/** What waits for something to come: its place among the others is where it came. */
export function waitsForOthers(call: CallEvent): boolean {
  return call.call === 'accept' || isReceive(call);
}

/** The socket is to have no peer any more (connect(2)). */
export function isDissolving({ call, arguments: words }: CallEvent): boolean {
  return call === 'connect' && words.startsWith('AF_UNSPEC');
}

/** What became of a `connect` that nobody waited for is asked for in this way (connect(2), EINPROGRESS). */
export function asksForConnect({ call, arguments: words }: CallEvent): boolean {
  return call === 'getsockopt' && words.startsWith('SO_ERROR');
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

/** How many bytes more it was given than the kernel took (send(2), write(2)); 0 where nobody can tell: a file may have ended. */
export function bytesLeft(event: CallEvent): number {
  const { call, stage, result, error } = event;
  if (!isSend(event) || call === 'sendfile' || call === 'splice' || countsMessages({ call }))
    return 0;
  if (stage !== 'returned' || error !== undefined || result === undefined) return 0;
  return Math.max(0, bytesGiven(event) - result);
}

/** How many messages more it was given than it sent (sendmmsg(2)). */
export function messagesLeft({ call, arguments: words, result }: CallEvent): number {
  const [, given = 0] = /^\d+ bytes in (\d+) messages/.exec(words) ?? [];
  return call === 'sendmmsg' && result !== undefined ? Math.max(0, Number(given) - result) : 0;
}

/** It has room for no byte, and so returns 0 whatever is there (read(2)). */
export function asksForNothing(event: CallEvent): boolean {
  return isReceive(event) && /^up to 0 bytes/.test(event.arguments);
}

/** How many bytes a call that sends was given, whatever the kernel takes of them. */
export function bytesGiven({ arguments: words }: CallEvent): number {
  const [, given = '0'] = /^(\d+) bytes/.exec(words) ?? [];
  return Number(given);
}
