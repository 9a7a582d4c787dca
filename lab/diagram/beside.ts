/** What happens at one host: a mark on its lifeline, and words beside it. */

import { printable } from '../util/printable.ts';
import { GUTTER } from './columns.ts';
import type { Line } from './line.ts';
import type { Piece } from './piece.ts';
import { asShown, type Symbols } from './symbols.ts';
import { cut, width as widthOf } from './text.ts';

/** With less, what is cut would say nothing. */
const ROOM_MIN = 24;

interface Place {
  /** The column of the lifeline. */
  readonly at: number;
  /** Of the whole line. */
  readonly width: number;
  readonly symbols: Symbols;
}

/** To the right of the lifeline; to the left where the words fit only there. */
export function drawBeside(line: Line, mark: Piece, pieces: readonly Piece[], place: Place): void {
  const { at, width, symbols } = place;
  const [leftRoom, rightRoom] = [at - 2 - GUTTER, width - at - 2];
  const length = widthOf(
    fitted(pieces, Number.POSITIVE_INFINITY, symbols)
      .map(({ text }) => text)
      .join(''),
  );
  if (length <= rightRoom || rightRoom >= leftRoom) {
    putPieces(line, at + 2, fitted(pieces, rightRoom, symbols));
  } else {
    const shown = fitted(pieces, leftRoom, symbols);
    const start = at - 1 - widthOf(shown.map(({ text }) => text).join(''));
    line.put(start - 1, ' ');
    putPieces(line, start, shown);
  }
  line.put(at, mark.text, mark.style);
}

/** Puts pieces one after another, and keeps a blank after them. */
export function putPieces(line: Line, at: number, pieces: readonly Piece[]): void {
  let column = at;
  for (const { text, style } of pieces) {
    line.put(column, text, style);
    column += widthOf(text);
  }
  line.put(column, ' ');
}

/** The pieces, made harmless and cut to a width; what is to stay whole does so while others have some room. */
export function fitted(pieces: readonly Piece[], room: number, symbols: Symbols): Piece[] {
  const shown = pieces.map((piece) => ({
    ...piece,
    text: asShown(printable(piece.text), symbols),
  }));
  const whole = shown.filter(({ staysWhole }) => staysWhole);
  const reserved = whole.reduce((sum, { text }) => sum + widthOf(text), 0);
  const keeps = room - reserved >= ROOM_MIN;
  let left = keeps ? room - reserved : room;
  return shown.map((piece) => {
    if (keeps && piece.staysWhole) return piece;
    const text = cut(piece.text, left, symbols.more);
    left = text === piece.text ? left - widthOf(text) : 0;
    return { ...piece, text };
  });
}
