/** What a TCP segment is for (RFC 9293, sections 3.4 to 3.8). */

import type { Tcp } from '../model/packet.ts';
import { fiveTupleOf } from '../timeline/packets/five-tuple.ts';
import { linked } from '../timeline/records/links.ts';
import type { PacketRecord } from '../timeline/records/packet-record.ts';
import { between } from '../timeline/time/clock.ts';
import { duration } from '../util/duration.ts';
import { longSegmentSentence } from './offload.ts';
import { resetSentence } from './reset.ts';
import { windowBytes } from './window.ts';
import { bytesText } from './words.ts';

export function segmentSentence(draft: PacketRecord, tcp: Tcp): string {
  const again = draft.isRetransmission ? againSentence(draft) : '';
  const { syn, fin, rst, ack } = tcp.flags;
  if (rst) return resetSentence(draft, tcp);
  if (syn) return `${again}${ack ? synAckSentence(draft) : synSentence(draft)}`;
  const data = `${again}${dataSentence(draft)}`;
  if (fin) return `${data}${finSentence(draft)}${longSegmentSentence(draft)}`;
  if (draft.range) return `${data.trim()}${longSegmentSentence(draft)}`;
  return ackSentence(draft);
}

function againSentence(draft: PacketRecord): string {
  const cause = linked(draft, 'caused-by', 'packet');
  if (cause) return `Sent again, as SYN came ${cause.isRetransmission ? 'again' : 'twice'}. `;
  const earlier = linked(draft, 'repeats', 'packet');
  if (earlier === undefined) {
    return isOfBefore(draft)
      ? 'Sent again: an earlier one left before the trace began. '
      : 'Sent again. ';
  }
  const after = duration(between(earlier.atNs, draft.atNs));
  const which = linked(earlier, 'repeats', 'packet') ? 'the one before' : 'the first one';
  const end = endOf(earlier, draft);
  const why = end ? `: ${which} was ${end}` : '';
  return `Sent again after ${after} without an ACK${why}. `;
}

/** SYN of a `connect` that was under way when its trace began, or FIN that was not acknowledged by then. */
function isOfBefore(draft: PacketRecord): boolean {
  const tuple = fiveTupleOf(draft.packet);
  if (linked(draft, 'caused-by', 'call')?.call.stage === 'present') return true;
  if (!draft.packet.tcp?.flags.fin || !draft.conversation || !tuple) return false;
  return draft.conversation.directionFrom(tuple.from).tcp.hasEndedBefore;
}

/** SYN that a kernel has, and leaves without an answer, is told by its sender's trying again (listen(2), tcp_abort_on_overflow of tcp(7)). */
function endOf(earlier: PacketRecord, { atNs }: PacketRecord): string | undefined {
  if (earlier.delivery === 'lost') return 'lost';
  if (earlier.isDropped) return 'damaged';
  const { arrival, endNs, links, packet } = earlier;
  const { syn, ack } = packet.tcp?.flags ?? {};
  const isThere = arrival !== undefined && endNs !== undefined && between(endNs, atNs) > 0;
  const isAnswered = links.some(({ kind, to }) => kind === 'caused' && to.kind === 'packet');
  if (!syn || ack || !isThere || isAnswered || earlier.delivery !== 'arrived') return undefined;
  return `not answered, though it arrived (the queue of a socket that listens may be full)`;
}

function synSentence(draft: PacketRecord): string {
  const connect = linked(draft, 'caused-by', 'call');
  const who = connect ? `${draft.from}'s \`connect\` makes its kernel ask` : `${draft.from} asks`;
  return `${who} ${draft.to} for a connection with SYN.`;
}

function synAckSentence({ from }: PacketRecord): string {
  return `${from}'s kernel answers SYN with SYN-ACK by itself: no call of the program was needed.`;
}

function finSentence(draft: PacketRecord): string {
  const calls = draft.links.flatMap(({ kind, to }) =>
    kind === 'caused-by' && to.kind === 'call' ? [to.call.call] : [],
  );
  const call = calls.find((name) => name === 'close' || name === 'shutdown');
  const why = call ? `, because of \`${call}\`` : '';
  return `${draft.from}'s kernel sends FIN${why}: no more bytes will follow in this direction.`;
}

function dataSentence({ range, from, links, packet }: PacketRecord): string {
  if (range === undefined) return '';
  const call = links.find(({ kind, to }) => kind === 'caused-by' && to.kind === 'call')?.to;
  const cause = call?.kind === 'call' ? `, given by \`${call.call.call}\`` : '';
  const size = range.to - range.from;
  const which = size === 1 ? `Byte ${range.to}` : `Bytes ${range.from + 1} to ${range.to}`;
  const full = packet.tcp?.window === 0 ? `${from} itself has no room for more (window 0). ` : '';
  return `${which} of what ${from} sends${cause}. ${full}`;
}

function ackSentence(draft: PacketRecord): string {
  const { from, part, acknowledged, packet } = draft;
  if (part === 'third-ack') {
    return `${from}'s kernel acknowledges SYN-ACK: the third step of the handshake. When it arrives, \`accept\` can return.`;
  }
  if (part === 'keep-alive')
    return `${from}'s kernel asks whether the peer is still there (keep-alive).`;
  if (part === 'window-probe')
    return `${from}'s kernel asks whether there is room for more now (window probe).`;
  if (part === 'window-update')
    return `${from}'s kernel tells that it has room for ${roomOf(draft)} now (window update): it acknowledges nothing new.`;
  if (part === 'answer-to-copy') return copySentence(draft);
  if (part === 'ack-of-fin') return `${from}'s kernel acknowledges FIN, and every byte before it.`;
  const upTo = acknowledged && acknowledged > 0 ? `the first ${bytesText(acknowledged)}` : '';
  if (part === 'duplicate-ack') {
    return `${from}'s kernel says again that it has ${upTo || 'nothing yet'}: something came that was not the next.`;
  }
  const isFull = packet.tcp?.window === 0;
  const more = isFull
    ? 'It has no room for more (window 0) until the program reads.'
    : 'No call of the program was needed.';
  return `${from}'s kernel acknowledges ${upTo || 'what it has got'}. ${more}`;
}

function roomOf(draft: PacketRecord): string {
  const bytes = windowBytes(draft);
  return bytes === undefined ? 'more' : `${bytesText(bytes)} more`;
}

function copySentence(draft: PacketRecord): string {
  const { from } = draft;
  const cause = linked(draft, 'caused-by', 'packet');
  const flags = cause?.packet.tcp?.flags;
  const what = flags?.syn ? 'SYN-ACK' : flags?.fin ? 'FIN' : 'bytes';
  const which = cause?.isRetransmission ? `${what} sent again` : `a copy of ${what}`;
  return `${from}'s kernel answers ${which}: it had that already, and says again what it has got.`;
}
