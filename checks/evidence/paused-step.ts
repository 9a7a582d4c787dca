/** Finds the call behind which a program made no other for so long that somebody waited in vain: it slept, or in a poll. Pure. */
import type { CallStep } from '../../lab/index.ts';
import type { Wrong } from '../wrong.ts';
import type { Observed } from './observed.ts';

/** What is shorter may be a busy processor. In nanoseconds. */
const PAUSE_NS = 300e6;
/** So much of the time that was waited for, in all pauses together, is why. */
const MOST = 0.5;

interface Pause {
  readonly step: CallStep;
  readonly forNs: number;
}

export function pausedStep({ calls, finding, endedNs, hasEnded }: Observed): Wrong | undefined {
  const { waited } = finding;
  if (waited === undefined || hasEnded) return undefined;
  const sinceNs = endedNs - BigInt(waited.ms) * 1_000_000n;
  const pauses = pausesOf(calls, sinceNs, endedNs).filter(({ forNs }) => forNs > PAUSE_NS);
  const allNs = pauses.reduce((sum, { forNs }) => sum + forNs, 0);
  const [longest] = pauses.toSorted((a, b) => b.forNs - a.forNs);
  return longest && allNs > MOST * waited.ms * 1e6 ? { kind: 'paused', ...longest } : undefined;
}

/** The times in which the program was in no call. */
function pausesOf(calls: readonly CallStep[], sinceNs: bigint, untilNs: bigint): Pause[] {
  return calls.flatMap((step, n) => {
    if (step.endNs === undefined) return [];
    const [returned, next] = [BigInt(step.endNs), calls[n + 1]];
    const began = next === undefined ? untilNs : BigInt(next.atNs);
    const fromNs = returned > sinceNs ? returned : sinceNs;
    return { step, forNs: Number(began - fromNs) };
  });
}
