/**
 * Packets that a traced host sends, and that none of its calls made the kernel send: a program has other ways than calls (io_uring(7)),
 * and there may be one that is not traced. What a kernel sends of its own accord needs no call.
 */
import { beganAt, type Context, directionFrom } from '../known/context.ts';
import { fiveTupleOf } from '../packets/five-tuple.ts';
import { fragmentOf } from '../packets/packet-key.ts';
import { linked } from '../records/links.ts';
import type { PacketRecord } from '../records/step-record.ts';

/** To be called when all calls are known that began before a packet left. */
export function followExplanation(context: Context, record: PacketRecord): void {
  if (record.departure === undefined || record.isForgotten || record.isRetransmission) return;
  const sinceNs = context.traced.since(record.from);
  if (sinceNs === undefined || beganAt(record).ns < sinceNs) return;
  if (linked(record, 'caused-by', 'call') || !needsCall(record, sinceNs)) return;
  record.isUnexplained = true;
  context.traced.doubt(record);
  context.store.touch(record);
}

/** To be called when a host has ended: its trace ended with it, and may have told less than there was. */
export function followCutOff({ traced, store }: Context, host: string): void {
  for (const record of traced.cutOff(host)) {
    record.isUnexplained = false;
    store.touch(record);
  }
}

function needsCall(record: PacketRecord, sinceNs: number): boolean {
  const { tcp, udp } = record.packet;
  if (udp) return (fragmentOf(record.packet)?.offset ?? 0) === 0;
  if (tcp === undefined) return false;
  const { syn, ack } = tcp.flags;
  return syn ? !ack : isBeyondCalls(record, sinceNs);
}

/** Of a connection that was there before, only where its trace has told how much was still to be sent. */
function isBeyondCalls({ conversation, packet, range }: PacketRecord, sinceNs: number): boolean {
  const tuple = fiveTupleOf(packet);
  if (range === undefined || conversation === undefined || tuple === undefined) return false;
  const { tcp } = directionFrom(conversation, tuple.from);
  const isNew = conversation.beganNs >= sinceNs;
  return (isNew || tcp.isInherited) && !tcp.isExplained(range.from, range.to);
}

/** A call may be told late. */
export function isUnexplained(record: PacketRecord): boolean {
  return record.isUnexplained === true && linked(record, 'caused-by', 'call') === undefined;
}
