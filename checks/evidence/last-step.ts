/** Where nothing else tells at which step a program went wrong: the last call, or one that failed shortly before it. Pure. */
import type { CallStep } from '../../lab/index.ts';
import { isFailure } from '../../lab/model/call-facts.ts';
import type { Wrong } from '../wrong.ts';
import { beforeGivingUp, tookNs } from './idle-step.ts';
import type { Observed } from './observed.ts';
import { isOfResolver } from './resolver.ts';

/** Behind a call that fails, a program closes its sockets, and ends. */
const FAILED_BEFORE_MAX = 3;
/** Libraries, interpreters and the program itself clean up with them, whatever ends it. */
const CLEANS_UP: readonly string[] = ['close', 'shutdown'];

/** A socket that does not block returns at once, also on a busy machine. In nanoseconds. */
const BLOCKED_NS = 500e6;

export function lastStep({ calls: all, finding, hasEnded }: Observed): Wrong | undefined {
  const calls = beforeGivingUp(all, finding).filter((step) => !isOfResolver(step));
  const latest = calls.slice(-FAILED_BEFORE_MAX);
  const failed = latest.findLast(({ call }) => isFailure(call));
  if (failed) return { kind: 'failed', step: failed };
  const timedOut = latest.findLast(hasTimedOut);
  if (timedOut) return { kind: 'timed-out', step: timedOut, afterNs: tookNs(timedOut) };
  const step = hasEnded
    ? calls.findLast(({ call: { call } }) => !CLEANS_UP.includes(call))
    : calls.at(-1);
  return step && { kind: hasEnded ? 'ended-after' : 'last', step };
}

const hasTimedOut = (step: CallStep) => step.call.error === 'EAGAIN' && tookNs(step) > BLOCKED_NS;
