import type { Context } from '../known/context.ts';
import { fiveTupleOf } from '../packets/five-tuple.ts';
import { packetsOnLine } from '../records/line.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { followIcmp } from './icmp/follow-icmp.ts';
import { followMerged, mergeIntoWhole } from './tcp/follow-merged.ts';
import { followTcp } from './tcp/follow-tcp.ts';
import { followFragment } from './udp/follow-fragments.ts';
import { followUdp, followUdpArrival } from './udp/follow-udp.ts';

/** To be called for each packet in order of departure. */
export function followPacketLeaving(context: Context, record: PacketRecord): void {
  record.enter('left');
  const { packet } = record;
  const tuple = fiveTupleOf(packet);
  if (tuple && mergeIntoWhole(context, record, tuple)) return;
  if (tuple?.protocol === 'tcp') followTcp(context, record, tuple);
  else if (tuple) followUdp(context, record, tuple);
  else if (packet.icmp ?? packet.icmpv6) followIcmp(context, record);
  if (packet.tcp === undefined) followFragment(context, record);
  if (isOffloaded(record)) explainOffload(record);
}

/** To be called for each packet in the order in which the receivers' kernels get them. */
export function followPacketArrival(record: PacketRecord): void {
  // The wire may have lost it, or still keep it, behind the capture.
  if (record.phase === 'arrived' || record.isForgotten || record.delivery !== 'arrived') return;
  record.enter('arrived');
  const tuple = fiveTupleOf(record.packet);
  if (tuple?.protocol === 'udp') followUdpArrival(record, tuple);
  else if (tuple) followMerged(record, tuple);
}

function isOffloaded(record: PacketRecord): boolean {
  return record.piece !== undefined || packetsOnLine(record) > 1;
}

function explainOffload(record: PacketRecord): void {
  const { conversation } = record;
  if (conversation === undefined || conversation.firstOffloaded) return;
  conversation.firstOffloaded = record;
  record.note({ explainsOffload: true });
}
