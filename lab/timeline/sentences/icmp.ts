import type { PacketDraft } from '../draft.ts';
import { quotedEndsOf } from '../ends.ts';
import { linked } from '../links.ts';
import { icmpName } from './icmp-name.ts';

/** What an ICMP message tells (RFC 792, RFC 4443), and what a program learns of it. */
export function icmpSentence(draft: PacketDraft): string {
  const { from, to, packet } = draft;
  const name = icmpName(packet);
  const about = quotedEndsOf(packet);
  if (about === undefined) return `${from} sends ${to} ${name}.`;
  const call = linked(draft, 'completed', 'call');
  const learnt = call
    ? ` ${to}'s \`${call.call.call}\` fails with ${call.call.error} for it.`
    : ' A connected socket learns of it with its next call.';
  if (name.endsWith('port unreachable')) {
    return `${from}'s kernel reports that nobody has port ${about.to.port}.${learnt}`;
  }
  return `${from} reports "${name.replace(/^\S+ /, '')}" for a packet to port ${about.to.port}.${learnt}`;
}
