import type { ChecksumStatus, Udp } from '../../model/packet.ts';
import { uint16 } from './bytes.ts';
import type { Cursor } from './cursor.ts';

const UDP_HEADER_BYTES = 8;

/** Decodes the UDP header. */
export function decodeUdp(cursor: Cursor): Udp | undefined {
  if (!cursor.has(UDP_HEADER_BYTES, 'udp')) return undefined;
  const { bytes, start } = cursor;
  const length = uint16(bytes, start + 4);
  const checksum = uint16(bytes, start + 6);
  const udp = {
    sourcePort: uint16(bytes, start),
    destinationPort: uint16(bytes, start + 2),
    length,
    checksum,
    checksumStatus: udpChecksumStatus(cursor, checksum, length),
  };
  if (!cursor.isFragment) narrowToDatagram(cursor, length);
  cursor.start += UDP_HEADER_BYTES;
  return udp;
}

function udpChecksumStatus(cursor: Cursor, checksum: number, length: number): ChecksumStatus {
  if (checksum === 0) {
    if (cursor.ipVersion === 4) return 'absent';
    // RFC 8200, section 8.1: over IPv6 a receiver discards it.
    cursor.note({ part: 'udp', problem: 'no-checksum' });
    return 'bad';
  }
  return length < UDP_HEADER_BYTES ? 'unverified' : cursor.checksumStatus(checksum, length);
}

function narrowToDatagram(cursor: Cursor, length: number): void {
  const { start, end } = cursor;
  const room = end - start;
  if (length === room) return;
  if (length < UDP_HEADER_BYTES) {
    cursor.note({ part: 'udp', problem: 'too-short', length, least: UDP_HEADER_BYTES });
    return;
  }
  cursor.note({ part: 'udp', problem: 'wrong-length', length, room });
  if (length < room) cursor.end = start + length;
}
