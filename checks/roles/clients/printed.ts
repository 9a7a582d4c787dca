import type { Finding } from '../../check.ts';
import type { Output } from '../../program/output.ts';

/**
 * Whether the standard output of a client has these bytes in it, all of them, unchanged and in one piece (P1).
 *
 * @param expected not empty
 */
export function printedFinding(
  expected: Buffer,
  { stdout, stderr }: Output,
  did: string,
): Finding | undefined {
  if (stdout.includes(expected)) return undefined;
  if (stderr.includes(expected))
    return { code: 'printed-to-stderr', did, found: 'it was printed to standard error' };
  const length = longestBeginning(expected, stdout);
  const at = stdout.indexOf(expected.subarray(0, length));
  const received = stdout.subarray(at, at + expected.length);
  return { code: codeOf(expected, stdout, at + length), did, bytes: { expected, received } };
}

/** @param end where in the output the longest beginning of what was expected ends */
function codeOf(expected: Buffer, stdout: Buffer, end: number): string {
  if (stdout.length === 0) return 'not-printed';
  if (isEscaped(expected, stdout)) return 'printed-escaped';
  if (withoutLineEnds(stdout).includes(withoutLineEnds(expected))) return 'printed-in-pieces';
  const isCut = end > 0 && (end === stdout.length || LINE_ENDS.includes(stdout[end] ?? 0));
  return isCut ? 'printed-part' : 'printed-otherwise';
}

const LINE_ENDS: readonly number[] = [...Buffer.from('\r\n')];

const withoutLineEnds = (bytes: Buffer) => bytes.toString('latin1').replaceAll(/[\r\n]/g, '');

/** How much of the beginning of what was expected is in an output, in bytes. */
function longestBeginning(expected: Buffer, output: Buffer): number {
  let [found, tooMany] = [0, expected.length];
  // Where a beginning is found, each shorter one is, too.
  while (found + 1 < tooMany) {
    const length = Math.floor((found + tooMany) / 2);
    if (output.includes(expected.subarray(0, length))) found = length;
    else tooMany = length;
  }
  return found;
}

/** As `b'Gr\xc3\xbc'`, which Python prints of bytes, or in hex. */
function isEscaped(expected: Buffer, output: Buffer): boolean {
  const text = output.toString('latin1').toLowerCase();
  const hex = expected.subarray(0, 8).toString('hex');
  return /\bb['"]/.test(text) || text.replaceAll(/[\s:]/g, '').includes(hex);
}
