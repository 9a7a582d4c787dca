import type { CallName } from '../../model/call.ts';

/** How a call's arguments and its data are laid out. */
export type Shape = 'buffer' | 'vectors' | 'messages' | 'file' | 'none';

interface TracedCall {
  readonly name: CallName;
  readonly way?: 'in' | 'out';
  readonly shape: Shape;
}

const call = (name: CallName, shape: Shape = 'none', way?: 'in' | 'out'): TracedCall => ({
  name,
  shape,
  ...(way && { way }),
});

/** The calls that are reported, by their names in the kernel (syscalls(2)). */
export const calls: ReadonlyMap<string, TracedCall> = new Map([
  ...(['socket', 'bind', 'listen', 'accept', 'connect', 'shutdown', 'close'] as const).map(
    (name) => [name, call(name)] as const,
  ),
  ['accept4', call('accept')],
  ['setsockopt', call('setsockopt')],
  ['getsockopt', call('getsockopt')],
  ['send', call('send', 'buffer', 'out')],
  ['sendto', call('sendto', 'buffer', 'out')],
  ['write', call('write', 'buffer', 'out')],
  ['writev', call('writev', 'vectors', 'out')],
  ['sendmsg', call('sendmsg', 'vectors', 'out')],
  ['sendmmsg', call('sendmmsg', 'messages', 'out')],
  ['pwritev2', call('writev', 'vectors', 'out')],
  ['sendfile', call('sendfile', 'file', 'out')],
  ['splice', call('splice', 'file')],
  ['recv', call('recv', 'buffer', 'in')],
  ['recvfrom', call('recvfrom', 'buffer', 'in')],
  ['read', call('read', 'buffer', 'in')],
  ['readv', call('readv', 'vectors', 'in')],
  ['preadv2', call('readv', 'vectors', 'in')],
  ['recvmsg', call('recvmsg', 'vectors', 'in')],
  ['recvmmsg', call('recvmmsg', 'messages', 'in')],
]);

/** io_uring(7): what is done through it is not visible, but its use is. */
export const IO_URING = ['io_uring_setup', 'io_uring_enter', 'io_uring_register'];

/** What strace traces: the calls, and those that reveal more about a socket or a process. */
export const TRACED = [...calls.keys(), 'getsockname', 'getpeername', 'execve', ...IO_URING];
