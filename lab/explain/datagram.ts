/** What a datagram or a fragment is for (RFC 768, RFC 791). */

import { linked } from '../timeline/records/links.ts';
import type { PacketRecord } from '../timeline/records/packet-record.ts';
import { pieceSentence } from './offload.ts';
import { bytesText } from './words.ts';

export function datagramSentence(draft: PacketRecord): string {
  const { from, to, packet } = draft;
  const call = linked(draft, 'caused-by', 'call')?.call.call;
  const who = call ? `${from}'s \`${call}\` sends` : `${from} sends`;
  const size = bytesText(packet.payloadLength);
  const reader = linked(draft, 'completed', 'call');
  const got = reader ? ` ${to}'s \`${reader.call.call}\` gets it.` : '';
  return `${who} a datagram of ${size} to ${to}. UDP does not acknowledge it.${got}${pieceSentence(draft)}`;
}

export function fragmentSentence(
  { from, packet }: PacketRecord,
  { offset, isLast }: Fragment,
): string {
  const which = offset === 0 ? 'The first' : isLast ? 'The last' : 'Another';
  return `${which} fragment of a packet that ${from} could not send in one piece: ${bytesText(packet.payloadLength)}, from byte ${offset} on. The receiver's kernel waits for all of them.`;
}

interface Fragment {
  readonly offset: number;
  readonly isLast: boolean;
}
