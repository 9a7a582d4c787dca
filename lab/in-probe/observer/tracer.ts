const FOLDER = `${import.meta.dirname}/../trace/bpf`;

/**
 * To load programs into the kernel and to attach them, to see the processes of hosts, and to signal the one that waits until it is
 * traced: capabilities(7).
 */
const CAPABILITIES = ['bpf', 'perfmon', 'sys_ptrace', 'kill'];

/** The command of the tracer of all hosts: it stays among the processes of the machine. */
export const tracerCommand: readonly string[] = [
  'setpriv',
  `--bounding-set=-all${CAPABILITIES.map((name) => `,+${name}`).join('')}`,
  ...[`${FOLDER}/loader`, `${FOLDER}/calls.bpf.o`],
];
