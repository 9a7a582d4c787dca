import { variable } from '../engine/variable.ts';

/**
 * What traces socket calls: `bpf`, programs in the kernel, which cost a host next to nothing; `strace`, which stops a program in each
 * call, and works on every kernel; `auto`, BPF where the kernel has it.
 */
export type Tracer = (typeof tracers)[number];

/** All values of `Tracer`. */
export const tracers = ['bpf', 'strace', 'auto'] as const;

const DEFAULT: Tracer = 'auto';

let chosen: Tracer | undefined;

/** Has this process trace so from now on. Default: the value of the environment variable `TRACER`, or `auto`. */
export function chooseTracer(tracer?: Tracer): void {
  chosen = tracer;
}

/** @throws {TypeError} for another value of `TRACER`. */
export function chosenTracer(): Tracer {
  if (chosen !== undefined) return chosen;
  const tracer = variable('TRACER') ?? DEFAULT;
  const known = tracers.find((one) => one === tracer);
  if (known !== undefined) return known;
  throw new TypeError(`TRACER must be "bpf", "strace" or "auto", but is ${JSON.stringify(tracer)}`);
}
