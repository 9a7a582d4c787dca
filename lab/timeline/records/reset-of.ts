import { fiveTupleOf } from '../packets/five-tuple.ts';
import type { Reset } from '../step.ts';
import type { Direction } from './conversation-record.ts';
import type { PacketRecord } from './packet-record.ts';

/** What the two ends of a connection had done before RST. */
export function resetOf(record: PacketRecord): Reset {
  const [own, other] = directionsOf(record);
  const answersBytes = other?.latest?.range !== undefined && isClosed(own, record);
  if (isClosed(other, record)) return { answersBytes, receiver: 'closed' };
  const hasGotFin = finOf(own, record) && !finOf(other, record);
  return { answersBytes, receiver: hasGotFin ? 'got-fin' : 'open' };
}

/** That of the sender, and the other one. */
function directionsOf({ conversation, packet }: PacketRecord): Direction[] {
  const tuple = fiveTupleOf(packet);
  if (conversation === undefined || tuple === undefined) return [];
  const own = conversation.directionFrom(tuple.from);
  return [own, conversation.opposite(own)];
}

/** The FIN that was sent in a direction before a packet. */
function finOf(direction: Direction | undefined, before: PacketRecord): PacketRecord | undefined {
  const fin = direction?.tcp.fin;
  return fin && fin.began.ns < before.began.ns ? fin : undefined;
}

function isClosed(direction: Direction | undefined, before: PacketRecord): boolean {
  return finOf(direction, before)?.links.some(isOfClose) ?? false;
}

function isOfClose({ kind, to }: PacketRecord['links'][number]): boolean {
  return kind === 'caused-by' && to.kind === 'call' && to.call.call === 'close';
}
