/** Bytes as people compare them: hex beside text, and a caret under the first wrong one. */
import { firstDifference } from '../roles/difference.ts';

/** As many as fit in 80 columns. */
const BYTES_SHOWN = 12;
const LABEL_COLUMNS = 10;

/**
 * Expected and received around the first byte that differs.
 *
 * @param bytesShown of each at most, half of them before the first wrong one. Default: as many as fit in 80 columns.
 * @example
 * expected  48 65 6c 6c 6f  |Hello|  5 bytes
 * received  48 65 78        |Hex|    3 bytes
 *                 ^^ byte 2
 */
export function differenceLines(
  expected: Uint8Array,
  received: Uint8Array,
  bytesShown = BYTES_SHOWN,
): string[] {
  const at = firstDifference(expected, received) ?? 0;
  const from = Math.max(0, at - Math.floor(bytesShown / 2));
  const shown = (bytes: Uint8Array) => bytes.subarray(from, from + bytesShown);
  const columns = Math.max(shown(expected).length, shown(received).length);
  const row = (label: string, bytes: Uint8Array) =>
    `${label.padEnd(LABEL_COLUMNS)}${rowOf(shown(bytes), columns)}  ${countText(bytes, shown(bytes))}`;
  const first = row('expected', expected);
  if (received.length === 0) return [first, 'received  nothing'];
  const caret = ' '.repeat(LABEL_COLUMNS + 3 * (at - from));
  return [first, row('received', received), `${caret}^^ byte ${at}, counted from 0`];
}

/** @param columns for so many bytes, so that what is behind them is in line */
function rowOf(bytes: Uint8Array, columns: number): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${hex.padEnd(3 * columns)} ${`|${textOf(bytes)}|`.padEnd(columns + 2)}`;
}

function countText({ length }: Uint8Array, shown: Uint8Array): string {
  const size = `${length} ${length === 1 ? 'byte' : 'bytes'}`;
  return shown.length === length ? size : `of ${size}`;
}

/** One column a byte; a dot for what is no printable ASCII. */
function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
  ).join('');
}
