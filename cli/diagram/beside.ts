/** What happens at one host: a mark on its lifeline, and words beside it. */
import { GUTTER } from './columns.ts';
import type { Line } from './line.ts';
import type { Piece } from './piece.ts';
import { asShown, type Symbols } from './symbols.ts';
import { cut, printable, width as widthOf } from './text.ts';

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

/** Puts pieces one behind the other, and keeps a blank behind them. */
export function putPieces(line: Line, at: number, pieces: readonly Piece[]): void {
  let column = at;
  for (const { text, style } of pieces) {
    line.put(column, text, style);
    column += widthOf(text);
  }
  line.put(column, ' ');
}

/** The pieces, made harmless and cut to a width. */
export function fitted(pieces: readonly Piece[], room: number, symbols: Symbols): Piece[] {
  let left = room;
  return pieces.map(({ text, style }) => {
    const shown = asShown(printable(text), symbols);
    const whole = cut(shown, left, symbols.more);
    left = whole === shown ? left - widthOf(whole) : 0;
    return { text: whole, style };
  });
}
