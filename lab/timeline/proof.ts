/** What is certain of a packet that nobody saw arrive. */
import { beganAt, type Context } from './context.ts';
import type { PacketDraft } from './draft.ts';
import { isDropped } from './is-dropped.ts';
import { settlePassage } from './passage-of.ts';

/** On one link a packet is there sooner than that, unless a wire keeps it, which tells so. */
const WAY_NS = 200e6;

/** Whether it would have been seen where it was sent to. */
export function isWatched({ captures }: Context, draft: PacketDraft): boolean {
  const { ns } = beganAt(draft);
  return captures.covers(draft.to, ns, ns + WAY_NS);
}

/**
 * An answer acknowledges it, so it has arrived. Of several that carry the same one has: where they would have been seen nothing
 * new is known by that, and where not, it is taken to be the latest.
 */
export function proveArrival(context: Context, draft: PacketDraft | undefined): void {
  if (draft === undefined) return;
  const { fates, links, passage } = draft;
  if (fates.some(({ fate }) => fate === 'lost')) return;
  if (links.some(({ kind }) => kind === 'repeated by')) return;
  if (links.some(({ kind }) => kind === 'repeats') && isWatched(context, draft)) return;
  const isKnown = passage === 'arrived' && !isDropped(draft);
  draft.verdict = 'arrived';
  if (isKnown) return;
  draft.isArrivalFollowed = true;
  draft.isSightAwaited = isWatched(context, draft);
  settlePassage(context, draft);
  context.ledger.touch(draft);
}
