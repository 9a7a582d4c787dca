import type { CallEvent, CallName } from '../event.ts';

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

export function isSend({ call }: CallEvent): boolean {
  return sends.has(call);
}

export function isReceive({ call }: CallEvent): boolean {
  return receives.has(call);
}

/** What waits for something to come: its place among the others is where it came. */
export function waitsForOthers(call: CallEvent): boolean {
  return call.call === 'accept' || isReceive(call);
}

/** What became of a `connect` that nobody waited for is asked for in this way (connect(2), EINPROGRESS). */
export function asksForConnect({ call, arguments: words }: CallEvent): boolean {
  return call === 'getsockopt' && words.startsWith('SO_ERROR');
}

/** How many bytes it sent or received, as far as that is known. */
export function bytesOf({ stage, result, data, error }: CallEvent): number | undefined {
  if (error !== undefined) return 0;
  return stage === 'returned' ? (result ?? data?.bytes) : data?.bytes;
}
