const CHARS_MAX = 160;

/** A line that a program printed, with control characters escaped, which could drive the terminal (CWE-150), and at most so long. */
export function printable(line: string): string {
  const shown = line.length > CHARS_MAX ? line.slice(0, CHARS_MAX) : line;
  const rest = line.length - shown.length;
  const escaped = shown.replace(/[\p{Cc}\p{Cf}]/gu, escapedChar);
  return rest > 0 ? `${escaped} (and ${rest} more characters)` : escaped;
}

function escapedChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const [mark, digits] = code <= 0xff ? ['x', 2] : ['u', 4];
  return `\\${mark}${code.toString(16).padStart(Number(digits), '0')}`;
}
