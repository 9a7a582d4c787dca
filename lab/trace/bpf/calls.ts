import type { CallName } from '../../model/call.ts';

interface TracedCall {
  /** As the kernel names it. */
  readonly system: string;
  readonly name: CallName;
  readonly way?: 'in' | 'out';
}

const call = (name: CallName, way?: 'in' | 'out', system: string = name): TracedCall => ({
  system,
  name,
  ...(way && { way }),
});

/** The system calls that are traced, in the order of `lab/in-probe/trace/bpf/calls.h`. */
export const BPF_CALLS: readonly TracedCall[] = [
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
  ...['io_uring_setup', 'io_uring_enter', 'io_uring_register'].map((system) =>
    call('io_uring', undefined, system),
  ),
];
