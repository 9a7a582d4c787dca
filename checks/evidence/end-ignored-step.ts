/** Finds the receive that returned the end of a stream to a program which went on receiving. Pure. */
import type { CallStep } from '../../lab/index.ts';
import { asksForNothing, bytesOf } from '../../lab/model/call-facts.ts';
import type { Wrong } from '../wrong.ts';
import { conversationsOf, receivesOf } from './transfers.ts';

/** Some libraries look for the end twice; only a loop that ignores it goes on for longer. */
const AGAIN_MIN = 10;

export function endIgnoredStep(calls: readonly CallStep[]): Wrong | undefined {
  for (const conversation of conversationsOf(calls)) {
    const receives = receivesOf(conversation).map(({ step }) => step);
    const before = receives.findLastIndex((step) => !returnsEnd(step));
    const [first, ...again] = receives.slice(before + 1);
    if (first && again.length >= AGAIN_MIN)
      return { kind: 'end-ignored', step: first, again: again.length };
  }
  return undefined;
}

/** On a stream, 0 bytes are its end (recv(2)). */
const returnsEnd = ({ protocol, call }: CallStep) =>
  protocol === 'tcp' &&
  call.stage === 'returned' &&
  call.error === undefined &&
  bytesOf(call) === 0 &&
  !asksForNothing(call);
