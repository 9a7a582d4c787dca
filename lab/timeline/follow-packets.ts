import { followIcmp } from './icmp/follow-icmp.ts';
import { assign, beganAt, type Context } from './known/context.ts';
import { type FiveTuple, fiveTupleOf } from './packets/five-tuple.ts';
import { datagramKey } from './packets/packet-key.ts';
import { pieceOf } from './packets/pieces.ts';
import { countLoss, settleDelivery } from './records/delivery.ts';
import type { PacketRecord } from './records/step-record.ts';
import { followMerged, isPieceTaken } from './tcp/follow-merged.ts';
import { followTcp } from './tcp/follow-tcp.ts';
import { packetsOnLine } from './tcp/line.ts';
import { isWatched } from './tcp/proof.ts';
import { followUdp, followUdpArrival } from './udp/follow-udp.ts';

/** To be called for each packet in the order of their departures. */
export function followPacketSent(context: Context, record: PacketRecord): void {
  record.isSentFollowed = true;
  const tuple = fiveTupleOf(record.packet);
  if (tuple && isPieceTaken(context, record, tuple)) return;
  if (tuple?.protocol === 'tcp') followTcp(context, record, tuple);
  else if (tuple) followDatagram(context, record, tuple);
  else if (record.packet.icmp ?? record.packet.icmpv6) followIcmp(context, record);
  else followFragment(context, record);
  if (isOffloaded(record)) explainOffload(context, record);
  countLoss(context, record);
}

function isOffloaded(record: PacketRecord): boolean {
  return pieceOf(record) !== undefined || packetsOnLine(record) > 1;
}

function explainOffload({ store }: Context, record: PacketRecord): void {
  const { conversation } = record;
  if (conversation === undefined || conversation.isOffloadExplained) return;
  conversation.isOffloadExplained = record.explainsOffload = true;
  store.touch(record);
}

/** To be called for each in the order in which the receivers' kernels get them. */
export function followPacketArrival(context: Context, record: PacketRecord): void {
  // What the wire lost, or still keeps, was seen in front of it.
  if (record.isArrivalFollowed || record.isForgotten || record.delivery !== 'arrived') return;
  record.isArrivalFollowed = true;
  const tuple = fiveTupleOf(record.packet);
  if (tuple?.protocol === 'udp') followUdpArrival(record, tuple);
  else if (tuple) followMerged(context, record, tuple);
}

/** When nothing was seen of a packet for long after its departure, it is lost, if it would have been seen. */
export function followMissing(context: Context, record: PacketRecord): void {
  endWait(context, record);
  if (record.delivery !== 'in-flight' || record.arrival || record.isForgotten) return;
  record.inferredOutcome = isWatched(context, record) ? 'lost' : 'unknown';
  settleDelivery(context, record);
  context.store.touch(record);
}

/** When nothing more is known before the inferredOutcome is due: only what was sent again was surely missed. */
export function followEnd(context: Context, record: PacketRecord): void {
  endWait(context, record);
  if (record.delivery !== 'in-flight') return;
  const isRepeated = record.links.some(({ kind }) => kind === 'repeated-by');
  if (isRepeated || !isWatched(context, record)) {
    followMissing(context, record);
    return;
  }
  record.isCutOff = true;
  context.store.touch(record);
}

/** Who looked where it arrived would have told by now. */
function endWait({ store }: Context, record: PacketRecord): void {
  if (!record.isSightAwaited) return;
  record.isSightAwaited = false;
  store.touch(record);
}

function followDatagram(context: Context, record: PacketRecord, tuple: FiveTuple): void {
  followUdp(context, record, tuple);
  const key = datagramKey(record.packet);
  if (key === undefined || record.conversation === undefined) return;
  for (const fragment of context.fragments.know(key, record.conversation))
    followFragment(context, fragment);
}

/** Only the first fragment of a datagram has its ports: the others belong where that does. */
function followFragment(context: Context, record: PacketRecord): void {
  const key = datagramKey(record.packet);
  if (key === undefined) return;
  const conversation = context.fragments.find(key);
  if (conversation === undefined) {
    context.fragments.wait(key, record);
    return;
  }
  assign(context, record, conversation);
  conversation.packets += 1;
  context.conversations.touch(conversation, beganAt(record));
}
