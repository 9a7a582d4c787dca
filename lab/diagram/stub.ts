import { isInTitle } from '../explain/packets/packet-title.ts';
import type { PacketStep } from '../timeline/step.ts';
import { printable } from '../util/printable.ts';
import { fitted, putPieces } from './beside.ts';
import { GUTTER } from './columns.ts';
import type { Line } from './line.ts';
import { type PacketRow, packetStyle, packetText } from './packet-text.ts';
import { asShown, type Symbols } from './symbols.ts';
import { width as widthOf } from './text.ts';

interface Place {
  /** The column of the lifeline at the one end that has any. */
  readonly at: number;
  readonly isSender: boolean;
  readonly width: number;
  readonly symbols: Symbols;
}

/**
 * A packet whose other end has no lifeline: that end is named, as in `├── membership report ─▶ ff02::16`.
 */
export function drawStub(
  line: Line,
  row: PacketRow,
  { at, isSender, width, symbols }: Place,
): void {
  const { shaft, toLeft, toRight, fromLeft, fromRight, lifeline } = symbols;
  const { step } = row;
  const style = packetStyle(step);
  const label = packetText(row, symbols);
  const name = asShown(printable(nameOfOther(step, isSender)), symbols);
  const right = isSender
    ? `${shaft}${shaft} ${label} ${shaft}${toRight} ${name}`
    : `${toLeft}${shaft} ${label} ${shaft}${shaft} ${name}`;
  const left = isSender
    ? `${name} ${toLeft}${shaft} ${label} ${shaft}${shaft}`
    : `${name} ${shaft}${shaft} ${label} ${shaft}${toRight}`;
  const [leftRoom, rightRoom] = [at - GUTTER - 1, width - at - 1];
  const isRight = widthOf(right) <= rightRoom || rightRoom >= leftRoom;
  const shown = fitted(
    [{ text: isRight ? right : left, style }],
    isRight ? rightRoom : leftRoom,
    symbols,
  );
  const length = widthOf(shown[0]?.text ?? '');
  if (isRight) putPieces(line, at + 1, shown);
  else putPieces(line.put(at - length - 1, ' '), at - length, shown);
  line.put(at, isSender ? (isRight ? fromLeft : fromRight) : lifeline, isSender ? style : 'faint');
}

/** A title that names it, as that of a question to all, need not be followed by the name. */
function nameOfOther(step: PacketStep, isSender: boolean): string {
  const { from, to } = step;
  if (from === to) return 'itself';
  const other = isSender ? to : from;
  return isInTitle(other, step) ? '' : other;
}
