/**
 * A packet, from its sender's lifeline to its receiver's.
 *
 *     ├──── SYN ───▶│          │        arrived
 *     ├─ ↻ SYN ──✕  │          │        sent again, and lost
 *     │◀─── 38 bytes ┼─────────┤        past a host that it is not for
 *     ├╌╌╌╌ ACK ╌╌╌▶│          │        only one end of it was seen
 */
import type { PacketStep } from '../../lab/timeline/step.ts';
import { nsBetween, timeWords } from './amount.ts';
import type { Line } from './line.ts';
import { type Style, styleOf } from './styles.ts';
import { asShown, type Symbols } from './symbols.ts';
import { cut, printable, width } from './text.ts';

/** How far before the receiver a lost packet ends, in columns. */
const LOST_BEFORE = 3;

/** Draws a packet between two lifelines; `lanes` has the columns of all of them. */
export function drawArrow(
  line: Line,
  step: PacketStep,
  way: { from: number; to: number; lanes: readonly number[] },
  symbols: Symbols,
): void {
  const { from, to, lanes } = way;
  const isRight = to > from;
  const style = packetStyle(step);
  const head = isRight ? to - 1 : to + 1;
  const isLost = step.passage === 'lost';
  const end = isLost ? head + (isRight ? 1 - LOST_BEFORE : LOST_BEFORE - 1) : head;
  const [left, right] = isRight ? [from + 1, end - 1] : [end + 1, from - 1];
  const shaft = step.passage === 'unknown' ? symbols.unseenShaft : symbols.shaft;
  line.put(left, shaft.repeat(right - left + 1), style);
  const crossed = lanes.filter((at) => at > left && at < right);
  for (const at of crossed) line.put(at, symbols.crossing, style);
  line.put(from, isRight ? symbols.fromLeft : symbols.fromRight, style);
  line.put(end, isLost ? symbols.lost : isRight ? symbols.toRight : symbols.toLeft, style);
  putLabel(line, step, { left, right, crossed, isRight }, symbols);
}

/** On the first part of the way where it can be read whole; across the hosts on the way where there is none. */
function putLabel(
  line: Line,
  step: PacketStep,
  shaft: { left: number; right: number; crossed: readonly number[]; isRight: boolean },
  symbols: Symbols,
): void {
  const { left, right, crossed, isRight } = shaft;
  const edges = [left - 1, ...crossed, right + 1];
  const parts = edges.slice(1).map((edge, index) => [(edges[index] ?? 0) + 1, edge - 1] as const);
  if (!isRight) parts.reverse();
  const labels = packetLabels(step, symbols);
  for (const label of labels) {
    // At least one piece of the shaft, and a blank, on either side of it.
    const part = [...parts, [left, right] as const].find(([a, b]) => width(label) + 4 <= b - a + 1);
    if (part) return putCentred(line, label, part, packetStyle(step));
  }
  const short = cut(labels.at(-1) ?? '', right - left - 3, symbols.more);
  if (short !== '') putCentred(line, short, [left, right], packetStyle(step));
}

function putCentred(
  line: Line,
  label: string,
  [left, right]: readonly [number, number],
  style: Style,
) {
  const at = left + Math.floor((right - left + 1 - width(label) - 2) / 2);
  line.put(at, ` ${label} `, style);
}

/** What to call a packet, from the most words to the fewest. */
export function packetLabels(step: PacketStep, symbols: Symbols): string[] {
  const title = asShown(printable(step.title), symbols);
  const again = step.isRetransmission ? symbols.again : '';
  const fates = fateWords(step, symbols);
  const words = step.isRetransmission ? ['sent again', ...fates] : fates;
  if (step.passage === 'lost') words.push('lost');
  const labels = [words, fates, fates.slice(0, 1)].map(
    (some) => `${again}${[title, ...some].join(', ')}`,
  );
  return [...new Set([...labels, `${again}${title}`])];
}

function fateWords({ fates, atNs, endNs }: PacketStep, { times }: Symbols): string[] {
  const copies = fates.filter((fate) => fate === 'duplicated').length;
  const waited = endNs === undefined ? '' : ` ${timeWords(nsBetween(atNs, endNs))}`;
  return [
    ...(fates.includes('held') ? [`held${waited}`] : []),
    ...(fates.includes('delayed') ? [`delayed${waited}`] : []),
    ...(copies > 0 ? [`${times}${copies + 1}`] : []),
    ...(fates.includes('corrupted') ? ['corrupted'] : []),
  ];
}

/** Red for what is lost or damaged, else that of its conversation. */
export function packetStyle({ passage, fates, conversation, packet }: PacketStep): Style {
  const isTrouble = passage === 'lost' || fates.includes('corrupted') || packet.tcp?.flags.rst;
  return isTrouble || isIcmpError(packet) ? 'trouble' : styleOf(conversation);
}

/** An ICMP message that quotes a packet reports an error about it (RFC 1122, section 3.2.2; RFC 4443, section 2.1). */
function isIcmpError({ icmp, icmpv6 }: PacketStep['packet']): boolean {
  return (icmp ?? icmpv6)?.quoted !== undefined;
}
