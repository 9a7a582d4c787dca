import { SYSTEM_CALLS, type SystemCall } from '../../model/system-calls.ts';

/** How a call's arguments and its data are laid out. */
export type Shape = 'buffer' | 'vectors' | 'messages' | 'file' | 'none';

interface TracedCall extends Pick<SystemCall, 'name' | 'way'> {
  readonly shape: Shape;
}

/** By the name in the kernel. */
const shapes: Readonly<Record<string, Shape>> = {
  ...{ send: 'buffer', sendto: 'buffer', write: 'buffer' },
  ...{ writev: 'vectors', pwritev2: 'vectors', sendmsg: 'vectors', sendmmsg: 'messages' },
  ...{ sendfile: 'file', splice: 'file' },
  ...{ recv: 'buffer', recvfrom: 'buffer', read: 'buffer' },
  ...{ readv: 'vectors', preadv2: 'vectors', recvmsg: 'vectors', recvmmsg: 'messages' },
};

/** Calls of their own on some processors; on others the C library makes them of `sendto` and `recvfrom`. */
const ELSEWHERE: readonly SystemCall[] = [
  { system: 'send', name: 'send', way: 'out' },
  { system: 'recv', name: 'recv', way: 'in' },
];

const isRing = ({ name }: SystemCall) => name === 'io_uring';

/** The calls that are reported, by their names in the kernel. */
export const calls: ReadonlyMap<string, TracedCall> = new Map(
  [...SYSTEM_CALLS, ...ELSEWHERE]
    .filter((one) => !isRing(one))
    .map(({ system, ...one }) => [system, { ...one, shape: shapes[system] ?? 'none' }]),
);

/** io_uring(7): what is done through it is not visible, but its use is. */
export const IO_URING = SYSTEM_CALLS.filter(isRing).map(({ system }) => system);

/** What strace traces: the calls, and those that reveal more about a socket or a process. */
export const TRACED = [...calls.keys(), 'getsockname', 'getpeername', 'execve', ...IO_URING];
