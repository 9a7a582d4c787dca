/** Why RST is sent, and what comes of it (RFC 9293, sections 3.5.2, 3.6.1 and 3.10.7; RFC 1122, section 4.2.2.13). */
import type { Tcp } from '../../model/packet.ts';
import { linkedStep, type PacketStep } from '../../timeline/step.ts';

export function resetSentence(step: PacketStep, tcp: Tcp): string {
  const { from, to, part } = step;
  if (part === 'refusal') return `RST: nothing listens at port ${tcp.sourcePort} of ${from}.`;
  if (part === 'answer-after-end')
    return `RST: ${from}'s kernel answers a packet of a connection that it no longer has. ${to} has closed it, too: no call notices.`;
  return `RST: ${from}'s kernel ends the connection at once${why(step)}. What is in flight to it is dropped${effect(step)}.`;
}

function why(step: PacketStep): string {
  const { from, reset } = step;
  const closing = linkedStep(step, 'caused-by', 'call');
  if (closing?.isAbortive) return `, as SO_LINGER with 0 s makes \`${closing.call.call}\` do`;
  if (closing?.call.call === 'close')
    return ' because of `close`, which left bytes unread, or because SO_LINGER asks for it';
  return reset?.answersBytes ? `: bytes arrived for a socket that ${from} has closed` : '';
}

/** What the receiver's program learns of it: Linux remembers EPIPE where FIN came before, and else ECONNRESET. */
function effect(step: PacketStep): string {
  const { to, reset } = step;
  const failed = linkedStep(step, 'completed', 'call')?.call;
  if (failed?.error) return `, and ${to}'s \`${failed.call}\` fails with ${failed.error}`;
  if (reset?.receiver === 'closed') return `. ${to} has closed its socket, too: no call notices`;
  if (reset?.receiver === 'got-fin')
    return `. Because FIN came first, the next call of ${to} that sends fails with EPIPE, and one that reads returns 0`;
  return `, and the next call of ${to} fails, usually with ECONNRESET`;
}
