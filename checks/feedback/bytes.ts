/** Bytes as people compare them: hex beside text, and a caret under the first wrong one. */
import { firstDifference } from '../roles/difference.ts';

const BYTES_A_LINE = 16;
/** Before the first wrong byte, so that one sees where it is. */
const BYTES_BEFORE = 8;

/**
 * Expected and received around the first byte that differs.
 *
 * @example
 * expected  38 bytes, from byte 0   48 65 6c 6c 6f  |Hello|
 * received   3 bytes                48 65 78        |Hex|
 *                                         ^
 */
export function differenceLines(expected: Uint8Array, received: Uint8Array): string[] {
  if (received.length === 0) return [rowOf('expected', expected, 0), 'received  nothing'];
  const at = firstDifference(expected, received) ?? 0;
  const from = Math.max(0, at - BYTES_BEFORE);
  const first = rowOf('expected', expected, from);
  const caret = ' '.repeat(HEAD + 3 * (at - from));
  return [first, rowOf('received', received, from), `${caret}^^ byte ${at}`];
}

const HEAD = 'expected  '.length + 'all of 100000 bytes, from byte 100000  '.length;

function rowOf(name: string, bytes: Uint8Array, from: number): string {
  const shown = bytes.subarray(from, from + BYTES_A_LINE);
  const isAll = shown.length === bytes.length;
  const size = `${bytes.length} ${bytes.length === 1 ? 'byte' : 'bytes'}`;
  const head = `${name}  ${isAll ? `all of ${size}` : `${size}, from byte ${from}`}`.padEnd(HEAD);
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${head}${hex.padEnd(3 * BYTES_A_LINE)} |${textOf(shown)}|`;
}

/** One column a byte; a dot for what is no printable ASCII. */
function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
  ).join('');
}
