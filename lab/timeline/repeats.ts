/** Segments that carry what earlier ones have, and what answers them. */
import { between } from './clock.ts';
import type { Context } from './context.ts';
import type { Draft, PacketDraft } from './draft.ts';
import { isDropped } from './is-dropped.ts';
import { link } from './links.ts';

/** A kernel answers at once, also on a busy machine; its own timers are longer (RFC 6298, section 2.4; Linux: 200 ms). */
const ANSWER_NS = 100e6;
/** A wire notes what it delivers while the kernel already answers: so much later at most, on a busy machine. */
const JITTER_NS = 10e6;

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
  return isUnanswered(packet, answer, 0);
}

/** Whether what a packet carries has just come although it was there already, without an answer to that yet. */
export function isCopyToBeAnswered(packet: PacketDraft, answer: PacketDraft): boolean {
  const earlier = packet.links.filter(({ kind }) => kind === 'repeats').map(({ to }) => to);
  const hasArrived = (one: Draft) =>
    one.kind === 'packet' && one.passage === 'arrived' && !isDropped(one);
  // Else the first arrival was no copy, and the answer to it was no repetition.
  return isUnanswered(packet, answer, earlier.some(hasArrived) ? 0 : 1);
}

function isUnanswered(packet: PacketDraft, answer: PacketDraft, others: number): boolean {
  if (packet.passage === 'lost' || isDropped(packet)) return false;
  const times = arrivalsBefore(packet, answer);
  const sinceNs = between(times.at(-1) ?? packet.atNs, answer.atNs);
  return sinceNs < ANSWER_NS && answersTo(packet) + others < times.length;
}

function answersTo({ links }: PacketDraft): number {
  return links.filter(({ kind, to }) => kind === 'caused' && to.kind === 'packet').length;
}

/** When it arrived by then: more than once where a wire made copies of it. */
function arrivalsBefore({ fates, endNs, atNs }: PacketDraft, answer: PacketDraft): string[] {
  const delivered = fates.filter(({ fate }) => fate === 'delivered').map(({ atNs }) => atNs);
  const times = delivered.length > 0 ? delivered : [endNs ?? atNs];
  return times.filter((time) => between(time, answer.atNs) > -JITTER_NS);
}
