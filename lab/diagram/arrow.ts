/**
 * A packet, from its sender's lifeline to its receiver's.
 *
 *     ├──── SYN ───▶│                     │
 *     ├─ ↻ SYN ──✕  │ sent again, lost    │
 *     ├─── SYN ────○│ held                │        in flight
 *     │◀────────────┼────── SYN-ACK ──────┤        past a host that it is not for
 *     ├╌╌╌╌ ACK ╌╌╌▶│                     │        only one end of it was seen
 */
import type { PacketStep } from '../timeline/step.ts';
import { fitted, putPieces } from './beside.ts';
import type { Line } from './line.ts';
import { labelsOf, type PacketRow, packetStyle, rowRemark } from './packet-text.ts';
import type { Symbols } from './symbols.ts';
import { cut, width as widthOf } from './text.ts';

/** How far before the receiver's lifeline a lost packet ends, in columns; others end beside it. */
const LOST_BEFORE = 3;
/** Beside a label: a piece of the shaft and a blank, twice. */
const LABEL_MARGIN = 4;

/** From one column to another. */
type Span = readonly [first: number, last: number];

interface Way {
  /** The columns of the lifelines: the sender's, the receiver's, and all. */
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly number[];
  /** Of the whole line. */
  readonly width: number;
}

/** Draws a packet between two lifelines. */
export function drawArrow(line: Line, row: PacketRow, way: Way, symbols: Symbols): void {
  const { step } = row;
  const { from, to, lanes } = way;
  const style = packetStyle(step);
  const forward = to > from ? 1 : -1;
  const end = to - forward * (step.delivery === 'lost' ? LOST_BEFORE : 1);
  const [left, right] = forward > 0 ? [from + 1, end - 1] : [end + 1, from - 1];
  const shaft = step.delivery === 'unknown' ? symbols.unseenShaft : symbols.shaft;
  line.put(left, shaft.repeat(right - left + 1), style);
  const crossed = lanes.filter((at) => at > left && at < right);
  for (const at of crossed) line.put(at, symbols.crossing, style);
  line.put(from, forward > 0 ? symbols.fromLeft : symbols.fromRight, style);
  line.put(end, headOf(step, forward, symbols), style);
  const { label, span } = placeLabel(
    labelsOf(step, symbols),
    partsOf({ ...way, left, right }),
    symbols,
  );
  const middle = Math.floor((span[0] + span[1] + 1 - widthOf(label)) / 2);
  if (label !== '') line.put(middle - 1, ` ${label} `, style);
  drawNote(line, row, way, symbols);
}

/** On the right of both, where most lines have nothing. */
function drawNote(line: Line, row: PacketRow, { from, to, width }: Way, symbols: Symbols): void {
  const text = rowRemark(row, symbols);
  if (text === '') return;
  const at = Math.max(from, to) + 2;
  putPieces(line, at, fitted([{ text, style: packetStyle(row.step) }], width - at, symbols));
}

function headOf({ delivery, isDropped }: PacketStep, forward: number, symbols: Symbols): string {
  if (delivery === 'lost' || isDropped) return symbols.lost;
  if (delivery === 'in-flight') return symbols.waiting;
  return forward > 0 ? symbols.toRight : symbols.toLeft;
}

/** Where a label may stand: between two lifelines, those next to the sender first; otherwise across those on the way. */
function partsOf({ from, to, lanes, left, right }: Way & { left: number; right: number }): Span[] {
  const crossed = lanes.filter((at) => at > left && at < right);
  const edges = [left - 1, ...crossed, right + 1];
  const parts = edges.slice(1).map((edge, index): Span => [(edges[index] ?? 0) + 1, edge - 1]);
  if (to < from) parts.reverse();
  return [...parts, [left, right]];
}

/** The longest label that has room somewhere; the shortest one cut, where none has. */
function placeLabel(labels: readonly string[], parts: readonly Span[], { more }: Symbols) {
  for (const label of labels) {
    const span = parts.find(([first, last]) => widthOf(label) + LABEL_MARGIN <= last - first + 1);
    if (span) return { label, span };
  }
  const span = parts.at(-1) ?? [0, 0];
  return { label: cut(labels.at(-1) ?? '', span[1] - span[0] + 1 - LABEL_MARGIN, more), span };
}
