/** How wide standard output is, in characters: a file, or another program, takes lines of any length. */
export function width(): number {
  return (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY;
}

/** Before the continuation of a line. */
export const INDENT = '    ';

/** A line as several, broken at spaces, where the terminal is too narrow for it; those that follow are indented, unless told otherwise. */
export function wrap(line: string, columns = width(), indent = INDENT): string {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.trim() === '') lines[lines.length - 1] = last + word;
    else if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join('\n');
}
