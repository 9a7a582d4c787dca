import { assign, beganAt, type Context } from './context.ts';
import type { PacketDraft } from './draft.ts';
import { type Ends, endsOf } from './ends.ts';
import { followIcmp } from './follow-icmp.ts';
import { followMerged, isPieceTaken } from './follow-pieces.ts';
import { followTcp } from './follow-tcp.ts';
import { followUdp, followUdpArrival } from './follow-udp.ts';
import { packetsOnLine } from './line.ts';
import { datagramKey } from './packet-key.ts';
import { countLoss, settlePassage } from './passage-of.ts';
import { pieceOf } from './pieces.ts';
import { isWatched } from './proof.ts';

/** To be called for each packet in the order of their departures. */
export function followPacketSent(context: Context, draft: PacketDraft): void {
  draft.isSentFollowed = true;
  const ends = endsOf(draft.packet);
  if (ends && isPieceTaken(context, draft, ends)) return;
  if (ends?.protocol === 'tcp') followTcp(context, draft, ends);
  else if (ends) followDatagram(context, draft, ends);
  else if (draft.packet.icmp ?? draft.packet.icmpv6) followIcmp(context, draft);
  else followFragment(context, draft);
  if (isOffloaded(draft)) explainOffload(context, draft);
  countLoss(context, draft);
}

function isOffloaded(draft: PacketDraft): boolean {
  return pieceOf(draft) !== undefined || packetsOnLine(draft) > 1;
}

function explainOffload({ ledger }: Context, draft: PacketDraft): void {
  const { conversation } = draft;
  if (conversation === undefined || conversation.isOffloadExplained) return;
  conversation.isOffloadExplained = draft.explainsOffload = true;
  ledger.touch(draft);
}

/** To be called for each in the order in which the receivers' kernels get them. */
export function followPacketArrival(context: Context, draft: PacketDraft): void {
  // What the wire lost, or still keeps, was seen in front of it.
  if (draft.isArrivalFollowed || draft.isForgotten || draft.passage !== 'arrived') return;
  draft.isArrivalFollowed = true;
  const ends = endsOf(draft.packet);
  if (ends?.protocol === 'udp') followUdpArrival(draft, ends);
  else if (ends) followMerged(context, draft, ends);
}

/** When nothing was seen of a packet for long after its departure, it is lost, if it would have been seen. */
export function followVerdict(context: Context, draft: PacketDraft): void {
  endWait(context, draft);
  if (draft.passage !== 'under way' || draft.arrival || draft.isForgotten) return;
  draft.verdict = isWatched(context, draft) ? 'lost' : 'unknown';
  settlePassage(context, draft);
  context.ledger.touch(draft);
}

/** When nothing more is known before the verdict is due: only what was sent again was surely missed. */
export function followEnd(context: Context, draft: PacketDraft): void {
  endWait(context, draft);
  if (draft.passage !== 'under way') return;
  const isRepeated = draft.links.some(({ kind }) => kind === 'repeated by');
  if (isRepeated || !isWatched(context, draft)) {
    followVerdict(context, draft);
    return;
  }
  draft.isCutOff = true;
  context.ledger.touch(draft);
}

/** Who looked where it arrived would have told by now. */
function endWait({ ledger }: Context, draft: PacketDraft): void {
  if (!draft.isSightAwaited) return;
  draft.isSightAwaited = false;
  ledger.touch(draft);
}

function followDatagram(context: Context, draft: PacketDraft, ends: Ends): void {
  followUdp(context, draft, ends);
  const key = datagramKey(draft.packet);
  if (key === undefined || draft.conversation === undefined) return;
  for (const fragment of context.datagrams.know(key, draft.conversation))
    followFragment(context, fragment);
}

/** Only the first fragment of a datagram has its ports: the others belong where that does. */
function followFragment(context: Context, draft: PacketDraft): void {
  const key = datagramKey(draft.packet);
  if (key === undefined) return;
  const conversation = context.datagrams.find(key);
  if (conversation === undefined) {
    context.datagrams.wait(key, draft);
    return;
  }
  assign(context, draft, conversation);
  conversation.packets += 1;
  context.conversations.touch(conversation, beganAt(draft));
}
