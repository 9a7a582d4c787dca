import type { Context } from './context.ts';
import type { PacketDraft } from './draft.ts';
import { waits } from './pairing.ts';

/** Works out where a packet is, and when it got there, from what was seen of it. */
export function settlePassage(context: Context, draft: PacketDraft): void {
  const { arrival, fates, verdict } = draft;
  const last = fates.findLast(({ fate }) => fate === 'lost' || fate === 'delivered');
  draft.endNs = undefined;
  if (isLost(draft)) {
    draft.passage = 'lost';
    draft.endNs = last?.atNs;
  } else if (draft.isFateOmitted && last === undefined && verdict !== 'arrived') {
    draft.passage = 'unknown';
  } else if (waits(fates) && verdict !== 'arrived') {
    draft.passage = 'under way';
  } else if (last?.fate === 'delivered' || arrival) {
    draft.passage = 'arrived';
    draft.endNs = last?.fate === 'delivered' ? last.atNs : arrival?.atNs;
  } else {
    draft.passage = verdict ?? 'under way';
  }
  countLoss(context, draft);
}

/** Adds it to the losses of its conversation, once that is certain, or takes it off again. */
export function countLoss({ conversations }: Context, draft: PacketDraft): void {
  const { conversation, isLossCounted } = draft;
  const isToBeCounted = draft.passage === 'lost';
  if (!draft.isSentFollowed || conversation === undefined || isLossCounted === isToBeCounted)
    return;
  draft.isLossCounted = isToBeCounted;
  conversation.lost += isToBeCounted ? 1 : -1;
  conversations.touch(conversation);
}

/** Of a packet with copies one may be lost, and the others not. */
function isLost({ fates }: PacketDraft): boolean {
  const has = (name: string) => fates.some(({ fate }) => fate === name);
  return has('lost') && !has('duplicated') && !has('delivered');
}

/** When the receiver's kernel got it: later than its capture where the wire kept it. */
export function arrivalNs(
  { passage, endNs }: PacketDraft,
  clock: (atNs: string) => number | undefined,
): number | undefined {
  return passage === 'arrived' && endNs !== undefined ? clock(endNs) : undefined;
}
