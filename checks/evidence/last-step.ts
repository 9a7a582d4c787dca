/** Where nothing else tells at which step a program went wrong: the last call, or one that failed shortly before it. Pure. */
import { isFailure } from '../../lab/model/call-facts.ts';
import type { Wrong } from '../wrong.ts';
import { beforeGivingUp } from './idle-step.ts';
import type { Observed } from './observed.ts';
import { isOfResolver } from './resolver.ts';

/** Behind a call that fails, a program closes its sockets, and ends. */
const FAILED_BEFORE_MAX = 3;
/** Libraries, interpreters and the program itself clean up with them, whatever ends it. */
const CLEANS_UP: readonly string[] = ['close', 'shutdown'];

export function lastStep({ calls: all, finding, hasEnded }: Observed): Wrong | undefined {
  const calls = beforeGivingUp(all, finding).filter((step) => !isOfResolver(step));
  const failed = calls.slice(-FAILED_BEFORE_MAX).findLast(({ call }) => isFailure(call));
  if (failed) return { kind: 'failed', step: failed };
  const step = hasEnded
    ? calls.findLast(({ call: { call } }) => !CLEANS_UP.includes(call))
    : calls.at(-1);
  return step && { kind: hasEnded ? 'ended-after' : 'last', step };
}
