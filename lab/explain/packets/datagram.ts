/** What a datagram or a fragment is for (RFC 768, RFC 791). */

import { linkedStep, type PacketStep } from '../../timeline/step.ts';
import { bytesText } from '../phrases.ts';
import { pieceSentence } from './offload.ts';

export function datagramSentence(step: PacketStep): string {
  const { from, to, packet } = step;
  const call = linkedStep(step, 'caused-by', 'call')?.call.call;
  const who = call ? `${from}'s \`${call}\` sends` : `${from} sends`;
  const size = bytesText(packet.payloadLength);
  const reader = linkedStep(step, 'completed', 'call');
  const got = reader ? ` ${to}'s \`${reader.call.call}\` receives it.` : '';
  return `${who} a datagram of ${size} to ${to}. UDP does not acknowledge it.${got}${pieceSentence(step)}`;
}

export function fragmentSentence(
  { from, packet }: PacketStep,
  { offset, isLast }: Fragment,
): string {
  const which = offset === 0 ? 'The first' : isLast ? 'The last' : 'Another';
  return `${which} fragment of a packet that ${from} could not send in one piece: ${bytesText(packet.payloadLength)}, from byte ${offset} on. The receiver's kernel waits for all fragments.`;
}

interface Fragment {
  readonly offset: number;
  readonly isLast: boolean;
}
