/** Whether what was late was the program, or the machine. */
import type { Finding } from '../check.ts';
import { isLimitHit } from '../program/limits-hit.ts';
import type { Surroundings } from './scope.ts';
import { slownessNow, TooSlowError } from './slowness.ts';

/** By how much the machine may have become slower in the meantime before a deadline counts no more. */
const SLOWER = 1.5;

/** How late the grader's peers may be themselves, in milliseconds: no pause of theirs, and this, is longer than C3 allows. */
const LATE_MAX_MS = 500;

/**
 * Bytes that came and are wrong are wrong at any speed, and a limit that was hit may be what makes the machine slow; what has not
 * come, or has ended, may be a matter of time.
 */
export function mayBeLateness({ code, bytes }: Finding): boolean {
  if (isLimitHit(code)) return false;
  return bytes === undefined || bytes.received.length < bytes.expected.length;
}

/** @throws {TooSlowError} when the machine, or the grader's peers, were later since then than deadlines allow for. */
export async function requirePatience(
  { peer, patience }: Pick<Surroundings, 'peer' | 'patience'>,
  sinceMs: number,
): Promise<void> {
  const lateMs = await peer.ask('lateness', { sinceMs });
  const slowness = await slownessNow(peer.host);
  const lateSlowness = lateMs > LATE_MAX_MS ? (patience * lateMs) / LATE_MAX_MS : 0;
  const worse = Math.max(lateSlowness, slowness > SLOWER * patience ? slowness : 0);
  if (worse > 0) throw new TooSlowError(worse);
}
