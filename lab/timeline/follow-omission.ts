import type { OmissionEvent } from '../model/event.ts';
import type { Context } from './known/context.ts';
import { settleDelivery } from './records/delivery.ts';
import type { PacketRecord } from './records/step-record.ts';

/** A packet is seen in front of the wire, which takes its time: what was told of one may have been left out so much later. */
const BEFORE_NS = 50e6;

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
    if (record.kind !== 'packet' || record.placeNs < fromNs - BEFORE_NS || record.to !== host)
      continue;
    const isMeant = senders.some((sender) => sender === undefined || sender === record.from);
    if (isMeant && record.arrival && !isKnown(record)) doubt(context, record);
  }
}

function doubt(context: Context, record: PacketRecord): void {
  record.isFateOmitted = true;
  settleDelivery(context, record);
  context.store.touch(record);
}

/** The wire told its end, or a call got it. */
function isKnown({ fates, links }: PacketRecord): boolean {
  const isTold = fates.some(({ fate }) => fate === 'lost' || fate === 'delivered');
  return isTold || links.some(({ kind }) => kind === 'completed');
}
