import { PREVIEW_BYTES_MAX } from '../../util/preview.ts';
import { TRACED } from './call-names.ts';

/**
 * The command that traces processes, and prints what the parser reads (strace(1), 6.3 or later).
 *
 * `--seccomp-bpf` would spare a traced program some stops, but it leaves a filter in the program: when strace is killed then,
 * every call that it traced fails with ENOSYS. `-yy` would print endpoints, at the cost described
 * at `SocketTable`; `-Y` would print names of programs, and opens a file in `/proc` for each line.
 */
export function straceCommand(pids: readonly number[], output: string): string[] {
  return [
    'strace',
    `--output=${output}`,
    '--follow-forks',
    '--always-show-pid',
    '--columns=1',
    '--absolute-timestamps=format:unix,precision:ns',
    '--syscall-times=ns',
    // Descriptors with what they refer to, and every string in hexadecimal.
    ...['--decode-fds=path', '-xx', `--string-limit=${PREVIEW_BYTES_MAX}`],
    '--signal=none',
    '--quiet=attach,personality,thread-execve,path-resolution',
    `--trace=${TRACED.map((call) => `?${call}`).join()}`,
    ...pids.map((pid) => `--attach=${pid}`),
  ];
}
