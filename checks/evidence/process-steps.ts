/** Steps of programs with more than one process: what one of them did tells nothing of the others. Pure. */
import type { CallStep } from '../../lab/index.ts';
import type { Wrong } from '../wrong.ts';
import { conversationsOf } from './transfers.ts';

/** Of a program that went into the background: the last call of the process that ended, or else the first of the one that went on. */
export function backgroundStep(calls: readonly CallStep[]): Wrong | undefined {
  const left = calls.findLast(({ call }) => call.stage === 'waiting');
  if (left === undefined) return undefined;
  const isOfChild = (step: CallStep) => pidOf(step) === pidOf(left);
  const step = calls.findLast((one) => !isOfChild(one)) ?? calls.find(isOfChild) ?? left;
  return { kind: 'left-child', step, isOfChild: isOfChild(step) };
}

/**
 * Of a connection that was not closed: the last `close`, which was not enough, as a connection ends when every process that has it
 * has closed it (close(2), fork(2)); or the last call, where there is none.
 */
export function openStep(calls: readonly CallStep[]): Wrong | undefined {
  const own = conversationsOf(calls).find((all) => all.some(({ call }) => call.call === 'accept'));
  const last = own?.at(-1);
  if (own === undefined || last === undefined) return undefined;
  const closes = own.filter(({ call }) => call.call === 'close' && call.error === undefined);
  const closed = new Set(closes.map(pidOf));
  const step = closes.at(-1);
  if (step === undefined) return { kind: 'not-closed', step: last };
  return { kind: 'still-open', step, isInOtherProcess: own.some((one) => !closed.has(pidOf(one))) };
}

const pidOf = ({ call }: CallStep) => call.process.pid;
