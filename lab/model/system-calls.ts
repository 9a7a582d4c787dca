import type { CallName } from './call.ts';

/** A system call that is traced. */
export interface SystemCall {
  /** As the kernel names it: syscalls(2). */
  readonly system: string;
  /** As it is reported. */
  readonly name: CallName;
  /** Which way its data goes; that of `splice` goes either way. */
  readonly way?: 'in' | 'out';
}

const call = (name: CallName, way?: 'in' | 'out', system: string = name): SystemCall => ({
  system,
  name,
  ...(way && { way }),
});

/** In the order of `lab/in-probe/trace/bpf/calls.h`. */
export const SYSTEM_CALLS: readonly SystemCall[] = [
  ...(['socket', 'bind', 'listen', 'accept'] as const).map((name) => call(name)),
  call('accept', undefined, 'accept4'),
  ...(['connect', 'shutdown', 'close', 'setsockopt', 'getsockopt'] as const).map((name) =>
    call(name),
  ),
  call('sendto', 'out'),
  call('write', 'out'),
  call('writev', 'out'),
  call('writev', 'out', 'pwritev2'),
  call('sendmsg', 'out'),
  call('sendmmsg', 'out'),
  call('sendfile', 'out'),
  call('splice'),
  call('recvfrom', 'in'),
  call('read', 'in'),
  call('readv', 'in'),
  call('readv', 'in', 'preadv2'),
  call('recvmsg', 'in'),
  call('recvmmsg', 'in'),
  // What is done through a ring is not visible, but its use is: io_uring(7).
  ...['io_uring_setup', 'io_uring_enter', 'io_uring_register'].map((system) =>
    call('io_uring', undefined, system),
  ),
];
