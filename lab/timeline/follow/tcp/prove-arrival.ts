/** What is certain of a packet that was not seen to arrive. */

import type { Context } from '../../known/context.ts';
import type { PacketRecord } from '../../records/packet-record.ts';
import { LINK_LATENCY_NS } from '../../time/tolerances.ts';

/** Whether its arrival would have been seen. */
export function isCaptured({ captures }: Context, record: PacketRecord): boolean {
  const { ns } = record.began;
  return captures.covers(record.to, ns, ns + LINK_LATENCY_NS);
}

/**
 * It is acknowledged, so it has arrived. Of several segments with the same bytes, one has: where their arrivals would have been
 * seen, this adds nothing; otherwise it is taken to be the latest.
 */
export function proveArrival(context: Context, record: PacketRecord | undefined): void {
  if (record === undefined) return;
  const { fates, links, delivery } = record;
  if (fates.some(({ fate }) => fate === 'lost')) return;
  if (links.some(({ kind }) => kind === 'repeated-by')) return;
  if (links.some(({ kind }) => kind === 'repeats') && isCaptured(context, record)) return;
  const isKnown = delivery === 'arrived' && !record.isDropped;
  if (!isKnown) {
    record.enter('arrived');
    record.note({ isSightAwaited: isCaptured(context, record) });
  }
  record.infer('arrived');
}
