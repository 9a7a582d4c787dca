/**
 * Packets of a traced host that no call of it explains: a program may use io_uring(7) in place of calls, or not be traced. What a
 * kernel sends of its own accord needs no call.
 */

import type { Context } from '../known/context.ts';
import { fiveTupleOf } from '../packets/five-tuple.ts';
import { fragmentOf } from '../packets/packet-key.ts';
import { linked } from '../records/links.ts';
import type { PacketRecord } from '../records/packet-record.ts';

/** To be called when all calls are known that began before a packet left. */
export function followUnexplained(context: Context, record: PacketRecord): void {
  if (record.departure === undefined || record.isForgotten || record.isRetransmission) return;
  const sinceNs = context.traced.since(record.from);
  if (sinceNs === undefined || record.began.ns < sinceNs) return;
  if (linked(record, 'caused-by', 'call') || !needsCall(record, sinceNs)) return;
  record.note({ lacksCall: true });
  context.traced.doubt(record);
}

/** To be called when a host has ended: its trace ended with it, and may miss its last calls. */
export function followCutOff({ traced }: Context, host: string): void {
  for (const record of traced.cutOff(host)) record.note({ lacksCall: false });
}

function needsCall(record: PacketRecord, sinceNs: number): boolean {
  const { tcp, udp } = record.packet;
  if (udp) return (fragmentOf(record.packet)?.offset ?? 0) === 0;
  if (tcp === undefined) return false;
  const { syn, ack } = tcp.flags;
  return syn ? !ack : isBeyondCalls(record, sinceNs);
}

/** Of a connection that was there before its trace, only where that reported how much was still to be sent. */
function isBeyondCalls({ conversation, packet, range }: PacketRecord, sinceNs: number): boolean {
  const tuple = fiveTupleOf(packet);
  if (range === undefined || conversation === undefined || tuple === undefined) return false;
  const { tcp } = conversation.directionFrom(tuple.from);
  const isNew = conversation.beganNs >= sinceNs;
  return (isNew || tcp.isInherited) && !tcp.isExplained(range.from, range.to);
}
