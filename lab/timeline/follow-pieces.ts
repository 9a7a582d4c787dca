/**
 * A sender's kernel may hand a segment over in one piece that is cut on its way (segmentation offload), and a receiver's may put
 * several together before its capture sees them (receive offload): what left is then not, one by one, what arrived.
 */
import { type Context, directionFrom } from './context.ts';
import type { PacketDraft } from './draft.ts';
import type { Ends } from './ends.ts';
import { settlePassage } from './passage-of.ts';

/** Takes what arrived as a piece of what left in one: it is no step of its own. @returns whether it was such a piece */
export function isPieceTaken(context: Context, draft: PacketDraft, ends: Ends): boolean {
  const { tcp, payloadLength } = draft.packet;
  const conversation = context.conversations.find(ends);
  if (draft.departure || tcp === undefined || payloadLength === 0 || !conversation) return false;
  const stream = directionFrom(conversation, ends.from).tcp;
  if (stream.isJoined) return false;
  const from = stream.offsetOf(tcp.sequenceNumber);
  const whole = stream.segments(from, from + payloadLength).find(({ departure, range }) => {
    return departure && range && range.from <= from && from + payloadLength <= range.to;
  });
  if (whole === undefined || whole.packet.payloadLength === payloadLength) return false;
  arrive(context, whole, draft);
  context.ledger.forget(draft);
  return true;
}

/** What arrived in one piece with a segment has arrived too. */
export function followMerged(context: Context, draft: PacketDraft, ends: Ends): void {
  const { arrival, range, packet, conversation } = draft;
  const length = arrival?.packet.payloadLength ?? 0;
  if (!range || !conversation || length <= packet.payloadLength) return;
  const { tcp } = directionFrom(conversation, ends.from);
  for (const other of tcp.segments(range.to, range.from + length)) arrive(context, other, draft);
}

function arrive(context: Context, draft: PacketDraft, { arrival }: PacketDraft): void {
  if (draft.arrival || arrival === undefined) return;
  draft.arrival = arrival;
  draft.isArrivalFollowed = true;
  settlePassage(context, draft);
  context.ledger.touch(draft);
}
