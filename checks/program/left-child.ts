import type { CallEvent, Trace } from '../../lab/index.ts';

/**
 * Whether a program went into the background: when its host had ended, a process that it had started was killed with it, or still
 * waited in one of its calls.
 *
 * @param trace of its host
 */
export function leftChild(
  calls: readonly CallEvent[],
  { firstProcesses, killedProcesses }: Pick<Trace, 'firstProcesses' | 'killedProcesses'>,
): boolean {
  const returned = new Set(calls.filter(({ stage }) => stage === 'returned').map(({ id }) => id));
  const waiting = calls.filter(({ id, stage }) => stage === 'waiting' && !returned.has(id));
  const left = [...killedProcesses, ...waiting.map(({ process }) => process.pid)];
  return left.some((pid) => !firstProcesses.includes(pid));
}
