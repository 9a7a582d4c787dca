import { between } from '../../util/nanoseconds.ts';
import { fiveTupleOf } from '../packets/five-tuple.ts';
import type { RepeatCause } from '../step.ts';
import { linked } from './links.ts';
import type { PacketRecord } from './packet-record.ts';

/** Why a segment was sent again; `undefined` where nothing shows it. */
export function repeatCauseOf(record: PacketRecord): RepeatCause | undefined {
  const earlier = linked(record, 'repeats', 'packet');
  if (earlier === undefined) return isOfBefore(record) ? 'unseen' : undefined;
  if (earlier.delivery === 'lost') return 'lost';
  if (earlier.isDropped) return 'damaged';
  return isUnanswered(earlier, record) ? 'unanswered' : undefined;
}

/** SYN of a `connect` that was in progress when its trace began, or FIN that was not acknowledged by then. */
function isOfBefore(record: PacketRecord): boolean {
  const { conversation, packet } = record;
  if (linked(record, 'caused-by', 'call')?.call.stage === 'present') return true;
  const tuple = fiveTupleOf(packet);
  if (!packet.tcp?.flags.fin || !conversation || !tuple) return false;
  return conversation.directionFrom(tuple.from).tcp.hasEndedBefore;
}

/** Only of SYN is it sure: a kernel may have it, and leave it without an answer (listen(2), tcp_abort_on_overflow of tcp(7)). */
function isUnanswered(earlier: PacketRecord, { atNs }: PacketRecord): boolean {
  const { arrival, delivery, endNs, links, packet } = earlier;
  const { syn, ack } = packet.tcp?.flags ?? {};
  if (!syn || ack || arrival === undefined || delivery !== 'arrived') return false;
  const isAnswered = links.some(({ kind, to }) => kind === 'caused' && to.kind === 'packet');
  return endNs !== undefined && between(endNs, atNs) > 0 && !isAnswered;
}
