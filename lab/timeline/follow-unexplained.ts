/**
 * Packets that a traced host sends, and that none of its calls made the kernel send: a program has other ways than calls (io_uring(7)),
 * and there may be one that is not traced. What a kernel sends of its own accord needs no call.
 */
import { beganAt, type Context, directionFrom } from './context.ts';
import type { PacketDraft } from './draft.ts';
import { endsOf } from './ends.ts';
import { linked } from './links.ts';
import { fragmentOf } from './packet-key.ts';

/** To be called when all calls are known that began before a packet left. */
export function followExplanation(context: Context, draft: PacketDraft): void {
  if (draft.departure === undefined || draft.isForgotten || draft.isRetransmission) return;
  const sinceNs = context.traced.since(draft.from);
  if (sinceNs === undefined || beganAt(draft).ns < sinceNs) return;
  if (linked(draft, 'caused by', 'call') || !needsCall(draft, sinceNs)) return;
  draft.isUnexplained = true;
  context.traced.doubt(draft);
  context.ledger.touch(draft);
}

/** To be called when a host has ended: its trace ended with it, and may have told less than there was. */
export function followCutOff({ traced, ledger }: Context, host: string): void {
  for (const draft of traced.cutOff(host)) {
    draft.isUnexplained = false;
    ledger.touch(draft);
  }
}

function needsCall(draft: PacketDraft, sinceNs: number): boolean {
  const { tcp, udp } = draft.packet;
  if (udp) return (fragmentOf(draft.packet)?.offset ?? 0) === 0;
  if (tcp === undefined) return false;
  const { syn, ack } = tcp.flags;
  return syn ? !ack : isBeyondCalls(draft, sinceNs);
}

/** Of a connection that was there before, only where its trace has told how much was still to be sent. */
function isBeyondCalls({ conversation, packet, range }: PacketDraft, sinceNs: number): boolean {
  const ends = endsOf(packet);
  if (range === undefined || conversation === undefined || ends === undefined) return false;
  const { tcp } = directionFrom(conversation, ends.from);
  const isNew = conversation.beganNs >= sinceNs;
  return (isNew || tcp.isInherited) && !tcp.isExplained(range.from, range.to);
}

/** A call may be told late. */
export function isUnexplained(draft: PacketDraft): boolean {
  return draft.isUnexplained === true && linked(draft, 'caused by', 'call') === undefined;
}
