import type { Packet } from '../../model/packet.ts';
import { type FiveTuple, quotedFiveTupleOf } from '../../timeline/packets/five-tuple.ts';
import {
  errnoOf,
  isFatal,
  isPortUnreachable,
  isReport,
} from '../../timeline/packets/icmp-error.ts';
import { type LinkedCall, linkedStep, type PacketStep } from '../../timeline/step.ts';
import { icmpName, messageName } from './icmp-name.ts';

/** What an ICMP message reports (RFC 792, RFC 4443), and what a program learns of it. */
export function icmpSentence(step: PacketStep): string {
  const { from, to, packet } = step;
  const about = quotedFiveTupleOf(packet);
  if (about === undefined || !isReport(packet)) return `${from} sends ${to} ${icmpName(packet)}.`;
  const learnt = learntOf(step, about);
  if (isPortUnreachable(packet))
    return `${from}'s kernel reports that nothing listens at port ${about.to.port}. ${learnt}`.trim();
  return `${from} reports "${messageName(packet)}" for a packet to port ${about.to.port}. ${learnt}`.trim();
}

/** RFC 1122, sections 4.1.3.3 and 4.2.3.9; RFC 5461; for Linux tcp(7), udp(7), and ip(7) of IP_RECVERR. */
function learntOf(step: PacketStep, { protocol }: FiveTuple): string {
  const { to, packet } = step;
  const call = linkedStep(step, 'completed', 'call');
  if (call) return reportSentence(call);
  if (isTooBig(packet)) return `${to}'s kernel sends smaller packets there from now on.`;
  if (protocol === 'udp') return fateSentence(step);
  const about = linkedStep(step, 'reports', 'packet')?.packet.tcp;
  const quoted = (packet.icmp ?? packet.icmpv6)?.quoted?.tcp;
  if (about === undefined) return '';
  if (about.flags.syn && about.sequenceNumber === quoted?.sequenceNumber) {
    const error = errnoOf(packet);
    return about.flags.ack ? '' : `${to}'s \`connect\` fails${error ? ` with ${error}` : ''}.`;
  }
  return `An open connection survives it: ${to}'s kernel keeps trying, and no call fails because of this alone.`;
}

/** Which call reports it, and how. */
function reportSentence({ host, call, finding }: LinkedCall): string {
  const who = `${host}'s \`${call.call}\``;
  if (call.error) return `${who} fails with ${call.error} because of it.`;
  if (call.call === 'getsockopt') return `${who} reports it (SO_ERROR).`;
  return finding === 'error-not-reported'
    ? `${who} sends no more messages because of it, and does not say why.`
    : `${who} takes it from the socket's error queue.`;
}

/** What becomes of one that no call reports. */
function fateSentence({ to, packet, errorState }: PacketStep): string {
  switch (errorState) {
    case 'waiting':
      return `It is pending at ${to}'s socket until the next call: none has reported it yet.`;
    case 'replaced':
      return 'No call reports it: a later error replaced it at the socket.';
    case 'closed':
      return `No call reports it: ${to} closes the socket first.`;
    case 'not-reported':
      return `No call of ${to} learns of it: the socket is not connected to that peer, and does not ask for errors (IP_RECVERR).`;
    default:
      return isFatal(packet)
        ? 'A connected socket learns of it with its next call.'
        : `No call of ${to} learns of it, unless the socket asks for such errors (IP_RECVERR).`;
  }
}

function isTooBig({ icmp, icmpv6 }: Packet): boolean {
  return (icmp?.type === 3 && icmp.code === 4) || icmpv6?.type === 2;
}
