import type { CallEvent } from '../../lab/index.ts';

/**
 * Whether a program went into the background: of its calls one still waited when its host had ended, of a process that it had started.
 *
 * @param firstProcesses those that its host was started with
 */
export function leftChild(calls: readonly CallEvent[], firstProcesses: readonly number[]): boolean {
  const returned = new Set(calls.filter(({ stage }) => stage === 'returned').map(({ id }) => id));
  return calls.some(
    ({ id, stage, process: { pid } }) =>
      stage === 'waiting' && !returned.has(id) && !firstProcesses.includes(pid),
  );
}
