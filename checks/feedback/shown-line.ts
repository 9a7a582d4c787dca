import { printable } from '../../lab/util/printable.ts';

const CHARS_MAX = 160;

/** A line that a program printed, or what came from it: printable, and at most so long. */
export function shownLine(line: string): string {
  const rest = line.length - CHARS_MAX;
  const shown = printable(line.slice(0, CHARS_MAX));
  return rest > 0 ? `${shown} (and ${rest} more characters)` : shown;
}
