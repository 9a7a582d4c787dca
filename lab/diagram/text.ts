/** Text as a terminal shows it: measured in columns, truncated to a width. */
import stringWidth from 'string-width';

/** A character as a person sees it, and the columns that it takes: 0, 1 or 2. */
interface Cell {
  readonly text: string;
  readonly width: number;
}

const segmenter = new Intl.Segmenter();
/** ASCII, and the box-drawing characters of diagrams: a column a character. */
const PLAIN = /^[\x20-\x7e\u2500-\u257f]*$/;
/** More code units than any character has that is meant to be read; marks can be piled up without end. */
const CHARACTER_MAX = 32;

/** The characters of a text. */
export function cells(text: string): Cell[] {
  if (PLAIN.test(text)) return [...text].map((character) => ({ text: character, width: 1 }));
  return Array.from(segmenter.segment(text), ({ segment }) => {
    const whole =
      segment.length > CHARACTER_MAX ? String.fromCodePoint(segment.codePointAt(0) ?? 0) : segment;
    // No terminal gives more room to one character, whatever a sequence of them would take.
    return { text: whole, width: Math.min(2, stringWidth(whole)) };
  });
}

/** How many columns a text takes. */
export function width(text: string): number {
  return cells(text).reduce((sum, cell) => sum + cell.width, 0);
}

/** Cuts a text to at most `room` columns; what is cut ends with `more`. */
export function cut(text: string, room: number, more: string): string {
  if (PLAIN.test(text) && text.length <= room) return text;
  const all = cells(text);
  if (all.reduce((sum, cell) => sum + cell.width, 0) <= room) return text;
  let left = room - width(more);
  if (left < 0) return '';
  const kept = [];
  for (const cell of all) {
    left -= cell.width;
    if (left < 0) break;
    kept.push(cell.text);
  }
  return kept.join('').trimEnd() + more;
}

/** Breaks a text between words into lines of at most `room` columns; a longer word is cut. */
export function wrap(text: string, room: number, more: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).map((part) => cut(part, room, more))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
