import { width } from './terminal.ts';

/**
 * Rows in columns that are as wide as they have to be. Where the terminal is too narrow for that, each row is a paragraph: its
 * first cell, and below it the others that are not empty, after the heads of their columns.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd());
  const fits = lines.every((line) => line.length <= width());
  return fits ? lines.join('\n') : rows.map((row) => paragraph(head, row)).join('\n');
}

function paragraph(head: readonly string[], [first = '', ...cells]: readonly string[]): string {
  const names = head.slice(1).map((name) => name.toLowerCase());
  const longest = Math.max(...names.map((name) => name.length));
  const lines = cells.map((cell, n) => cell && `  ${names[n]?.padEnd(longest)}  ${cell}`);
  // A row without its first cell continues the one before.
  return [first, ...lines].filter((line) => line !== '').join('\n');
}
