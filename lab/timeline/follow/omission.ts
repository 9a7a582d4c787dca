import type { OmissionEvent } from '../../model/event.ts';
import type { Context } from '../known/context.ts';
import { isEnd } from '../packets/fates.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { WIRE_LATENCY_NS } from '../time/tolerances.ts';

/**
 * The wire has left out fates: a packet of that time which was seen in front of it, and of which nothing was told that shows what
 * became of it, may have arrived or not.
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

/** The wire told its end, or a call got it. */
function isKnown({ fates, links }: PacketRecord): boolean {
  const isTold = fates.some(({ fate }) => isEnd(fate));
  return isTold || links.some(({ kind }) => kind === 'completed');
}
