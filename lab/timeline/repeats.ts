/** Segments that carry what earlier ones have, and what answers them. */
import type { Context } from './context.ts';
import type { PacketDraft } from './draft.ts';
import { isDropped } from './is-dropped.ts';
import { link } from './links.ts';
import { between } from './sentences/words.ts';

/** A kernel answers at once, also on a busy machine; its own timers are longer (RFC 6298, section 2.4; Linux: 200 ms). */
const ANSWER_NS = 100e6;

/** A segment carries what earlier ones have: it is the try that follows the latest of each. */
export function repeat(
  context: Context,
  earlier: readonly PacketDraft[],
  draft: PacketDraft,
): void {
  retransmitted(context, draft);
  const latest = earlier.filter(({ links }) => !links.some(({ kind }) => kind === 'repeated by'));
  for (const one of latest.length > 0 ? latest : earlier.slice(-1))
    link(context.ledger, one, 'repeated by', draft);
}

export function retransmitted({ ledger }: Context, draft: PacketDraft): void {
  if (draft.isRetransmission) return;
  draft.isRetransmission = true;
  if (draft.conversation) draft.conversation.retransmissions += 1;
  ledger.touch(draft);
}

/** Whether a packet has just arrived, or a copy of it, without an answer of its own yet. */
export function isToBeAnswered(packet: PacketDraft, answer: PacketDraft): boolean {
  if (packet.passage === 'lost' || isDropped(packet)) return false;
  const sinceNs = between(packet.endNs ?? packet.atNs, answer.atNs);
  return sinceNs < ANSWER_NS && answersTo(packet) < arrivalsOf(packet);
}

function answersTo({ links }: PacketDraft): number {
  return links.filter(({ kind, to }) => kind === 'caused' && to.kind === 'packet').length;
}

/** How often it arrived: more than once where a wire made copies of it. */
function arrivalsOf({ fates }: PacketDraft): number {
  return Math.max(1, fates.filter(({ fate }) => fate === 'delivered').length);
}
