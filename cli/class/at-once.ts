import { availableParallelism, totalmem } from 'node:os';
import type { Range } from '../../lab/model/fault-ranges.ts';

export const AT_ONCE: Range = { min: 1, max: 64, whole: true };

/** Of a lab with the program, the grader and the instruments, while the programs of several checks run beside each other. */
const MEMORY_MIB = 1024;
const MIB = 2 ** 20;

/** How many programs this machine can grade at once. */
export function atOnceHere(processors = availableParallelism(), memoryBytes = totalmem()): number {
  const byMemory = Math.floor(memoryBytes / MIB / MEMORY_MIB);
  return Math.max(AT_ONCE.min, Math.min(processors, byMemory, AT_ONCE.max));
}
