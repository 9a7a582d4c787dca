/** Where no bytes tell at which step a program went wrong: the call that waits. Pure. */
import type { CallStep } from '../../lab/index.ts';
import { isReceive } from '../../lab/model/call-facts.ts';
import type { Finding } from '../check.ts';
import type { Wrong } from '../wrong.ts';
import type { Observed } from './observed.ts';

/** A call that took so much of the time that was waited for is why: the peer gave up in the end, which let it return. */
const LONG = 0.8;

/** A server waits in `accept` as long as nobody comes; any other call that waits tells more. */
export function waitingStep({ calls, endedNs, finding }: Observed): Wrong | undefined {
  const waitNs = 1e6 * (finding.waited?.ms ?? Number.POSITIVE_INFINITY);
  const isLong = (step: CallStep) =>
    tookNs(step) > LONG * waitNs && Number(endedNs - BigInt(step.endNs ?? step.atNs)) < waitNs / 2;
  const waiting = calls.filter((step) => hasWaited(step, endedNs) || isLong(step));
  const step = waiting.findLast(({ call }) => isReceive(call)) ?? waiting.at(-1);
  if (step === undefined) return undefined;
  const forNs = Math.min(tookNs(step), Number(endedNs - BigInt(step.atNs)));
  return { kind: 'waiting', step, forNs };
}

/** How long a call took, in nanoseconds; one that waits has no end. */
export function tookNs({ atNs, endNs, call: { stage } }: CallStep): number {
  return stage === 'waiting' || endNs === undefined
    ? Number.POSITIVE_INFINITY
    : Number(BigInt(endNs) - BigInt(atNs));
}

function hasWaited({ endNs, call }: CallStep, endedNs: bigint): boolean {
  if (call.stage === 'present') return false;
  return call.stage === 'waiting' || (endNs !== undefined && BigInt(endNs) > endedNs);
}

/** Without what a program did only when the grader had waited long enough, and closed the connection. */
export function beforeGivingUp(
  calls: readonly CallStep[],
  { waited }: Finding,
): readonly CallStep[] {
  const pauseNs = (waited?.ms ?? Number.POSITIVE_INFINITY) * 1e6 * PAUSE;
  const at = calls.findIndex(({ atNs }, n) => {
    const before = calls[n - 1];
    return before && Number(BigInt(atNs) - BigInt(before.endNs ?? before.atNs)) > pauseNs;
  });
  return at === -1 ? calls : calls.slice(0, at);
}

/** Nothing for so much of the time that was waited is what was waited for. */
const PAUSE = 0.7;
