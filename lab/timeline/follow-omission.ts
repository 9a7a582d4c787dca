import type { OmissionEvent } from '../model/event.ts';
import type { Context } from './context.ts';
import type { PacketDraft } from './draft.ts';
import { settlePassage } from './passage-of.ts';

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
  for (const draft of context.ledger.after(undefined)) {
    if (draft.placeNs > toNs) break;
    if (draft.kind !== 'packet' || draft.placeNs < fromNs - BEFORE_NS || draft.to !== host)
      continue;
    const isMeant = senders.some((sender) => sender === undefined || sender === draft.from);
    if (isMeant && draft.arrival && !isKnown(draft)) doubt(context, draft);
  }
}

function doubt(context: Context, draft: PacketDraft): void {
  draft.isFateOmitted = true;
  settlePassage(context, draft);
  context.ledger.touch(draft);
}

/** The wire told its end, or a call got it. */
function isKnown({ fates, links }: PacketDraft): boolean {
  const isTold = fates.some(({ fate }) => fate === 'lost' || fate === 'delivered');
  return isTold || links.some(({ kind }) => kind === 'completed');
}
