import { allDone, failAfter } from '../engine/all-done.ts';

/** How far ahead the start is set, so that the command reaches every wire before it. */
const LEAD_NS = 50e6;

/** One direction of a fault that is ready to begin. */
export interface Prepared<Begun> {
  /** The monotonic clock of its machine, or a little less: what it shows now. */
  readonly clockNs: () => number;
  /** @param atNs on that clock */
  readonly begin: (atNs: number) => Promise<Begun>;
  readonly heal: () => Promise<void>;
}

/**
 * Begins all directions of faults at the same time, so that they also end at the same time, or none of them.
 *
 * @throws {Error} when one cannot be prepared or begun; the others have been healed then.
 */
export async function beginTogether<Begun>(
  preparing: readonly Promise<Prepared<Begun>>[],
): Promise<Begun[]> {
  const settled = await Promise.allSettled(preparing);
  const prepared = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  try {
    await allDone(preparing);
    // All hosts of a lab are on one machine, and so have one clock.
    const leadNs = prepared.length > 1 ? LEAD_NS : 0;
    const atNs = Math.max(...prepared.map(({ clockNs }) => clockNs())) + leadNs;
    return await Promise.all(prepared.map((fault) => fault.begin(atNs)));
  } catch (error) {
    return failAfter(error, () => allDone(prepared.map((fault) => fault.heal())));
  }
}
