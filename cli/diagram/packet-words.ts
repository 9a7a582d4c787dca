import { packetNote } from '../../lab/explain/packet-note.ts';
import { bytesText } from '../../lab/explain/words.ts';
import type { PacketStep } from '../../lab/timeline/step.ts';
import type { Row } from './rows.ts';
import { type Style, styleOf } from './styles.ts';
import { asShown, type Symbols } from './symbols.ts';
import { printable } from './text.ts';

export interface PacketRow extends Row {
  readonly step: PacketStep;
}

/** What to call a packet, from the most words to the fewest. */
export function packetLabels(step: PacketStep, symbols: Symbols): string[] {
  const again = step.isRetransmission ? symbols.again : '';
  return [step.title, ...shorterNames(step)].map((name) =>
    asShown(`${again}${printable(name)}`, symbols),
  );
}

/** That of a row: one that corrects what was shown says so. */
export function rowNote({ step, part }: PacketRow, symbols: Symbols): string {
  const note = packetNote(step, symbols.times);
  return part === 'corrected' ? `now known: ${note || step.delivery}` : note;
}

/** All that there is to say of a packet but who sends it. */
export function packetWords(row: PacketRow, symbols: Symbols): string {
  const [label = ''] = packetLabels(row.step, symbols);
  const note = rowNote(row, symbols);
  return note === '' ? label : `${label}, ${note}`;
}

/** What a packet carries can be left out; and how much that is tells more than the flags that it shares with all others. */
function shorterNames({ title, packet }: PacketStep): string[] {
  const { tcp, udp, payloadLength } = packet;
  const size = bytesText(payloadLength);
  const at = title.indexOf(size);
  if (payloadLength === 0 || at <= 0 || (tcp ?? udp) === undefined) return [];
  const { syn, fin, rst } = tcp?.flags ?? {};
  return syn || fin || rst ? [title.slice(0, at + size.length)] : [title.slice(at), size];
}

/** Red for what is lost or damaged or reports an error, else that of its conversation. */
export function packetStyle({ delivery, fates, conversation, packet }: PacketStep): Style {
  const { tcp, icmp, icmpv6 } = packet;
  // An ICMP message that quotes a packet reports an error about it (RFC 1122, section 3.2.2; RFC 4443, section 2.1).
  const isError = tcp?.flags.rst || (icmp ?? icmpv6)?.quoted !== undefined;
  const isTrouble = delivery === 'lost' || fates.includes('corrupted') || isError;
  if (isTrouble) return 'trouble';
  return conversation === undefined ? 'faint' : styleOf(conversation);
}
