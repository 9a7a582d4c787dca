import type { Paint, Style } from './styles.ts';
import { cells } from './text.ts';

interface Column {
  /** Empty after a character that takes two columns. */
  readonly text: string;
  readonly style: Style;
}

const BLANK: Column = { text: ' ', style: 'plain' };

/** A line of a fixed number of columns: later text covers earlier text, and text beyond either end is cut. */
export class Line {
  readonly #columns: Column[];

  constructor(width: number) {
    this.#columns = new Array<Column>(width).fill(BLANK);
  }

  put(at: number, text: string, style: Style = 'plain'): this {
    let column = at;
    for (const cell of cells(text)) {
      this.#cover(column, cell.text, cell.width, style);
      column += cell.width;
    }
    return this;
  }

  toString(paint: Paint): string {
    let end = this.#columns.length;
    while (end > 0 && this.#columns[end - 1] === BLANK) end -= 1;
    const runs: { text: string; style: Style }[] = [];
    for (const { text, style } of this.#columns.slice(0, end)) {
      const last = runs.at(-1);
      // A blank looks the same in every style, and fewer changes of style are easier on who reads them in a log.
      if (last && (last.style === style || text === ' ')) last.text += text;
      else runs.push({ text, style });
    }
    return runs.map(({ text, style }) => paint(text, style)).join('');
  }

  #cover(at: number, text: string, width: number, style: Style): void {
    if (width === 0 || at < 0 || at + width > this.#columns.length) return;
    // Half of a wide character cannot stay.
    if (this.#columns[at]?.text === '') this.#columns[at - 1] = BLANK;
    if (this.#columns[at + width]?.text === '') this.#columns[at + width] = BLANK;
    this.#columns[at] = text === ' ' ? BLANK : { text, style };
    if (width === 2) this.#columns[at + 1] = { text: '', style };
  }
}
