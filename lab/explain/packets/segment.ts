/** What a TCP segment is for (RFC 9293, sections 3.4 to 3.8). */
import type { Tcp } from '../../model/packet.ts';
import { linkedStep, type PacketStep, type RepeatCause } from '../../timeline/step.ts';
import { duration } from '../../util/duration.ts';
import { between } from '../../util/nanoseconds.ts';
import { bytesText } from '../phrases.ts';
import { longSegmentSentence } from './offload.ts';
import { resetSentence } from './reset.ts';

export function segmentSentence(step: PacketStep, tcp: Tcp): string {
  const again = step.isRetransmission ? againSentence(step) : '';
  const { syn, fin, rst, ack } = tcp.flags;
  if (rst) return resetSentence(step, tcp);
  if (syn) return `${again}${ack ? synAckSentence(step) : synSentence(step)}`;
  const data = `${again}${dataSentence(step)}`;
  if (fin) return `${data}${finSentence(step)}${longSegmentSentence(step)}`;
  if (step.range) return `${data.trim()}${longSegmentSentence(step)}`;
  return ackSentence(step);
}

function againSentence(step: PacketStep): string {
  const { repeatCause } = step;
  const cause = linkedStep(step, 'caused-by', 'packet');
  if (cause)
    return `Sent again, because SYN arrived ${cause.isRetransmission ? 'again' : 'twice'}. `;
  if (repeatCause === 'unseen') return 'Sent again: an earlier one left before the trace began. ';
  const earlier = linkedStep(step, 'repeats', 'packet');
  if (earlier === undefined) return 'Sent again. ';
  const after = duration(between(earlier.atNs, step.atNs));
  const which = earlier.isRetransmission ? 'the one before' : 'the first one';
  const why = repeatCause ? `: ${which} was ${ends[repeatCause]}` : '';
  return `Sent again after ${after} without an ACK${why}. `;
}

const ends: Readonly<Record<Exclude<RepeatCause, 'unseen'>, string>> = {
  lost: 'lost',
  damaged: 'damaged',
  unanswered: 'not answered, though it arrived (the backlog of the listening socket may be full)',
};

function synSentence(step: PacketStep): string {
  const connect = linkedStep(step, 'caused-by', 'call');
  const who = connect ? `${step.from}'s \`connect\` makes its kernel ask` : `${step.from} asks`;
  return `${who} ${step.to} for a connection with SYN.`;
}

function synAckSentence({ from }: PacketStep): string {
  return `${from}'s kernel answers SYN with SYN-ACK by itself: no call of the program was needed.`;
}

function finSentence(step: PacketStep): string {
  const calls = step.links.flatMap(({ kind, to }) =>
    kind === 'caused-by' && to.kind === 'call' ? [to.call.call] : [],
  );
  const call = calls.find((name) => name === 'close' || name === 'shutdown');
  const why = call ? `, because of \`${call}\`` : '';
  return `${step.from}'s kernel sends FIN${why}: no more bytes will follow in this direction.`;
}

function dataSentence(step: PacketStep): string {
  const { range, from, packet } = step;
  if (range === undefined) return '';
  const passing = linkedStep(step, 'caused-by', 'call');
  const cause = passing ? `, passed by \`${passing.call.call}\`` : '';
  const size = range.to - range.from;
  const which = size === 1 ? `Byte ${range.to}` : `Bytes ${range.from + 1} to ${range.to}`;
  const full = packet.tcp?.window === 0 ? `${from} itself has no room for more (window 0). ` : '';
  return `${which} of what ${from} sends${cause}. ${full}`;
}

function ackSentence(step: PacketStep): string {
  const { from, part, acknowledgedBytes: acknowledged, packet } = step;
  if (part === 'third-ack') {
    return `${from}'s kernel acknowledges SYN-ACK: the third step of the handshake. When it arrives, \`accept\` can return.`;
  }
  if (part === 'keep-alive')
    return `${from}'s kernel asks whether the peer is still there (keep-alive).`;
  if (part === 'window-probe')
    return `${from}'s kernel asks whether there is room for more now (window probe).`;
  if (part === 'window-update')
    return `${from}'s kernel reports that it has room for ${roomOf(step)} now (window update): it acknowledges nothing new.`;
  if (part === 'answer-to-copy') return copySentence(step);
  if (part === 'ack-of-fin') return `${from}'s kernel acknowledges FIN, and every byte before it.`;
  const upTo = acknowledged && acknowledged > 0 ? `the first ${bytesText(acknowledged)}` : '';
  if (part === 'duplicate-ack') {
    return `${from}'s kernel acknowledges ${upTo || 'nothing'} once more (duplicate ACK): a segment arrived out of order.`;
  }
  const isFull = packet.tcp?.window === 0;
  const more = isFull
    ? 'It has no room for more (window 0) until the program reads.'
    : 'No call of the program was needed.';
  return `${from}'s kernel acknowledges ${upTo || 'what it has received'}. ${more}`;
}

function roomOf({ windowBytes }: PacketStep): string {
  return windowBytes === undefined ? 'more' : `${bytesText(windowBytes)} more`;
}

function copySentence(step: PacketStep): string {
  const { from } = step;
  const cause = linkedStep(step, 'caused-by', 'packet');
  const flags = cause?.packet.tcp?.flags;
  const what = flags?.syn ? 'SYN-ACK' : flags?.fin ? 'FIN' : 'bytes';
  const which = cause?.isRetransmission ? `${what} sent again` : `a copy of ${what}`;
  return `${from}'s kernel answers ${which}: it already had that, and repeats its last acknowledgment.`;
}
