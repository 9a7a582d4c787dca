import { correctedRemark, packetRemark } from '../explain/packets/packet-remark.ts';
import { packetLabels } from '../explain/packets/packet-title.ts';
import { isFated, type PacketStep } from '../timeline/step.ts';
import { printable } from '../util/printable.ts';
import type { Row } from './rows.ts';
import { type Style, styleOf } from './styles.ts';
import { asShown, type Symbols } from './symbols.ts';

export interface PacketRow extends Row {
  readonly step: PacketStep;
}

/** What to call a packet, from the most words to the fewest. */
export function labelsOf(step: PacketStep, symbols: Symbols): string[] {
  const again = step.isRetransmission ? symbols.again : '';
  return packetLabels(step).map((name) => asShown(`${again}${printable(name)}`, symbols));
}

/** That of a row: one that corrects what was shown says so. */
export function rowRemark({ step, part }: PacketRow, symbols: Symbols): string {
  return part === 'corrected'
    ? correctedRemark(step, symbols.times)
    : packetRemark(step, symbols.times);
}

/** Everything about a packet but its sender. */
export function packetText(row: PacketRow, symbols: Symbols): string {
  const [label = ''] = labelsOf(row.step, symbols);
  const note = rowRemark(row, symbols);
  return note === '' ? label : `${label}, ${note}`;
}

/** Red for a packet that is lost, damaged or reports an error, otherwise the style of its conversation. */
export function packetStyle(step: PacketStep): Style {
  const { delivery, conversation, packet } = step;
  const { tcp, icmp, icmpv6 } = packet;
  // An ICMP message that quotes a packet reports an error about it (RFC 1122, section 3.2.2; RFC 4443, section 2.1).
  const isError = tcp?.flags.rst || (icmp ?? icmpv6)?.quoted !== undefined;
  const isTrouble = delivery === 'lost' || isFated(step, 'corrupted') || isError;
  if (isTrouble) return 'trouble';
  return conversation === undefined ? 'faint' : styleOf(conversation);
}
