/** Why RST is sent, and what comes of it (RFC 9293, sections 3.5.2, 3.6.1 and 3.10.7; RFC 1122, section 4.2.2.13). */

import type { Tcp } from '../model/packet.ts';
import { fiveTupleOf } from '../timeline/packets/five-tuple.ts';
import type { Direction } from '../timeline/records/conversation-record.ts';
import { linked } from '../timeline/records/links.ts';
import type { PacketRecord } from '../timeline/records/packet-record.ts';

export function resetSentence(draft: PacketRecord, tcp: Tcp): string {
  const { from, to, part } = draft;
  if (part === 'refusal') return `RST: nobody listens at port ${tcp.sourcePort} of ${from}.`;
  if (part === 'answer-after-end')
    return `RST: ${from}'s kernel answers a packet of a connection that it no longer has. ${to} has done with it, too: no call notices.`;
  return `RST: ${from}'s kernel ends the connection at once${why(draft)}. What is under way to it is dropped${effect(draft)}.`;
}

function why(draft: PacketRecord): string {
  const { from } = draft;
  const call = linked(draft, 'caused-by', 'call');
  if (call?.socket?.isAbortive) return `, as SO_LINGER with 0 s makes \`${call.call.call}\` do`;
  if (call?.call.call === 'close')
    return ' because of `close`, which left bytes unread, or was asked to by SO_LINGER';
  const [own, other] = directionsOf(draft);
  const isAnswer = other?.latest?.range !== undefined && isClosed(own, draft);
  return isAnswer ? `: bytes came for a socket that ${from} has closed` : '';
}

/** What the receiver's program learns of it: Linux remembers EPIPE where FIN came before, and else ECONNRESET. */
function effect(draft: PacketRecord): string {
  const { to } = draft;
  const [own, other] = directionsOf(draft);
  const failed = linked(draft, 'completed', 'call')?.call;
  if (failed?.error) return `, and ${to}'s \`${failed.call}\` fails with ${failed.error}`;
  if (isClosed(other, draft)) return `. ${to} has closed its socket, too: no call notices`;
  if (finOf(own, draft) && !finOf(other, draft))
    return `. As FIN came before, the next call of ${to} that sends fails with EPIPE, and one that reads returns 0`;
  return `, and the next call of ${to} fails, as a rule with ECONNRESET`;
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
