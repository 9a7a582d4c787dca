import type { OmissionEvent } from '../../model/event.ts';
import type { Context } from '../known/context.ts';
import { isEnd } from '../packets/fates.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { WIRE_LATENCY_NS } from '../time/tolerances.ts';

/**
 * The wire has left out fates: a packet that was seen in front of it at that time may have arrived or not, unless something shows
 * what became of it.
 */
export function followOmission(
  context: Context,
  { host, omitted }: OmissionEvent,
  { fromNs, toNs }: { readonly fromNs: number; readonly toNs: number },
): void {
  const senders = Object.keys(omitted).map((fault) => context.hosts.senderOf(host, fault));
  for (const record of context.store.after(undefined)) {
    if (record.placeNs > toNs) break;
    if (record.kind !== 'packet' || record.placeNs < fromNs - WIRE_LATENCY_NS || record.to !== host)
      continue;
    const isMeant = senders.some((sender) => sender === undefined || sender === record.from);
    if (isMeant && record.arrival && !isKnown(record)) record.omitFate();
  }
}

/** The wire reported its end, or a call read it. */
function isKnown({ fates, links }: PacketRecord): boolean {
  return fates.some(({ fate }) => isEnd(fate)) || links.some(({ kind }) => kind === 'completed');
}
