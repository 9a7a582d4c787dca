/** The Internet checksum (RFC 1071), and the status of one in a packet. */
import type { ChecksumStatus } from '../../model/packet.ts';
import { uint8, uint16 } from './bytes.ts';

/** The sum over data that includes its own checksum, if nothing changed on the way (RFC 1071, section 1). */
const SOUND = 0xffff;
/** Even, and small enough for the sum over it to fit into 31 bits. */
const BLOCK_BYTES = 32_768;

/** Adds the 16-bit words from `start` to `end` to `initial` in one's complement; an odd last byte counts as a high one. */
export function onesComplementSum(
  bytes: Uint8Array,
  start: number,
  end: number,
  initial = 0,
): number {
  let sum = initial;
  for (let from = start; from < end; from += BLOCK_BYTES) {
    sum = fold(sum + wordSum(bytes, from, Math.min(from + BLOCK_BYTES, end)));
  }
  return fold(sum);
}

/** Whether the bytes from `start` to `end`, with the checksum among them, are as they were sent. */
export function checksumStatus(
  bytes: Uint8Array,
  start: number,
  end: number,
  initial = 0,
): ChecksumStatus {
  if (end > bytes.length) return 'unverified';
  return onesComplementSum(bytes, start, end, initial) === SOUND ? 'good' : 'bad';
}

/** Carries beyond 16 bits come round to the low end. */
export function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16);
  return folded;
}

function wordSum(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  let offset = start;
  for (; offset + 7 < end; offset += 8) {
    sum +=
      uint16(bytes, offset) +
      uint16(bytes, offset + 2) +
      uint16(bytes, offset + 4) +
      uint16(bytes, offset + 6);
  }
  for (; offset + 1 < end; offset += 2) sum += uint16(bytes, offset);
  if (offset < end) sum += uint8(bytes, offset) << 8;
  return sum;
}
