/** What is certain of a packet that nobody saw arrive. */

import type { Context } from '../../known/context.ts';
import type { PacketRecord } from '../../records/packet-record.ts';
import { LINK_LATENCY_NS } from '../../time/tolerances.ts';

/** Whether it would have been seen where it was sent to. */
export function isWatched({ captures }: Context, record: PacketRecord): boolean {
  const { ns } = record.began;
  return captures.covers(record.to, ns, ns + LINK_LATENCY_NS);
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
  const isKnown = delivery === 'arrived' && !record.isDropped;
  if (!isKnown) {
    record.enter('arrived');
    record.note({ isSightAwaited: isWatched(context, record) });
  }
  record.infer('arrived');
}
