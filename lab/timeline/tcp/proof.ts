/** What is certain of a packet that nobody saw arrive. */
import { beganAt, type Context } from '../known/context.ts';
import { settleDelivery } from '../records/delivery.ts';
import { isDropped } from '../records/is-dropped.ts';
import type { PacketRecord } from '../records/step-record.ts';

/** On one link a packet is there sooner than that, unless a wire keeps it, which tells so. */
const WAY_NS = 200e6;

/** Whether it would have been seen where it was sent to. */
export function isWatched({ captures }: Context, record: PacketRecord): boolean {
  const { ns } = beganAt(record);
  return captures.covers(record.to, ns, ns + WAY_NS);
}

/**
 * An answer acknowledges it, so it has arrived. Of several that carry the same one has: where they would have been seen nothing
 * new is known by that, and where not, it is taken to be the latest.
 */
export function proveArrival(context: Context, record: PacketRecord | undefined): void {
  if (record === undefined) return;
  const { fates, links, delivery } = record;
  if (fates.some(({ fate }) => fate === 'lost')) return;
  if (links.some(({ kind }) => kind === 'repeated-by')) return;
  if (links.some(({ kind }) => kind === 'repeats') && isWatched(context, record)) return;
  const isKnown = delivery === 'arrived' && !isDropped(record);
  record.inferredOutcome = 'arrived';
  if (isKnown) return;
  record.isArrivalFollowed = true;
  record.isSightAwaited = isWatched(context, record);
  settleDelivery(context, record);
  context.store.touch(record);
}
