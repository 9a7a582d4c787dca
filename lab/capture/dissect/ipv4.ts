import type { Ipv4, Ipv4Option } from '../../model/packet.ts';
import { ipv4Address } from './address.ts';
import { hex, uint8, uint16 } from './bytes.ts';
import { checksumStatus, fold, onesComplementSum } from './checksum.ts';
import type { Cursor } from './cursor.ts';

const IPV4_HEADER_BYTES = 20;
const RESERVED_FLAG = 0x8000;
const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;
/** RFC 791, section 3.1: the option types of one byte. */
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
const NO_OPTIONS: readonly Ipv4Option[] = Object.freeze([]);

/** Decodes the IPv4 header. */
export function decodeIpv4(cursor: Cursor): Ipv4 | undefined {
  if (!cursor.has(IPV4_HEADER_BYTES, 'ipv4')) return undefined;
  const { bytes, start } = cursor;
  const version = uint8(bytes, start) >>> 4;
  if (version !== 4) {
    cursor.note({ part: 'ipv4', problem: 'wrong-version', version });
    return undefined;
  }
  const ipv4 = ipv4Header(cursor);
  cursor.ipVersion = 4;
  cursor.isOpaque = !narrowToDatagram(cursor, ipv4);
  if (cursor.isOpaque) return ipv4;
  cursor.start += ipv4.headerLength;
  cursor.isOpaque = ipv4.fragmentOffset > 0;
  cursor.isFragment = ipv4.moreFragments || ipv4.fragmentOffset > 0;
  cursor.pseudoHeader = fold(onesComplementSum(bytes, start + 12, start + 20) + ipv4.protocol);
  return ipv4;
}

function ipv4Header(cursor: Cursor): Ipv4 {
  const { bytes, start } = cursor;
  const headerLength = (uint8(bytes, start) & 0x0f) * 4;
  const fragment = uint16(bytes, start + 6);
  return {
    source: ipv4Address(bytes, start + 12),
    destination: ipv4Address(bytes, start + 16),
    headerLength,
    dscp: uint8(bytes, start + 1) >>> 2,
    ecn: uint8(bytes, start + 1) & 0x03,
    totalLength: uint16(bytes, start + 2),
    identification: uint16(bytes, start + 4),
    reservedFlag: (fragment & RESERVED_FLAG) !== 0,
    dontFragment: (fragment & DONT_FRAGMENT) !== 0,
    moreFragments: (fragment & MORE_FRAGMENTS) !== 0,
    fragmentOffset: (fragment & FRAGMENT_OFFSET) * 8,
    timeToLive: uint8(bytes, start + 8),
    protocol: uint8(bytes, start + 9),
    headerChecksum: uint16(bytes, start + 10),
    headerChecksumStatus:
      headerLength < IPV4_HEADER_BYTES
        ? 'unverified'
        : checksumStatus(bytes, start, start + headerLength),
    options: headerLength > IPV4_HEADER_BYTES ? ipv4Options(cursor, headerLength) : NO_OPTIONS,
  };
}

/** Checks the lengths in the header against each other and against the frame. @returns whether the header can be right */
function narrowToDatagram(cursor: Cursor, ipv4: Ipv4): boolean {
  const { start, end } = cursor;
  const { headerLength, totalLength: length } = ipv4;
  if (headerLength < IPV4_HEADER_BYTES) {
    cursor.note({
      part: 'ipv4',
      problem: 'too-short',
      length: headerLength,
      least: IPV4_HEADER_BYTES,
    });
    return false;
  }
  if (length === 0) {
    // What a kernel hands over in one piece, to be cut later, can be too long for the field.
    cursor.note({ part: 'ipv4', problem: 'no-length' });
  } else if (length < headerLength) {
    cursor.note({ part: 'ipv4', problem: 'too-short', length, least: headerLength });
    return false;
  } else {
    if (start + length > end && !cursor.isQuoted) {
      cursor.note({ part: 'ipv4', problem: 'wrong-length', length, room: end - start });
    }
    if (!cursor.isQuoted || start + length < end) cursor.end = start + length;
  }
  return cursor.has(headerLength, 'ipv4');
}

function ipv4Options(cursor: Cursor, headerLength: number): Ipv4Option[] {
  const { bytes, start } = cursor;
  const end = Math.min(start + headerLength, bytes.length);
  const options: Ipv4Option[] = [];
  let offset = start + IPV4_HEADER_BYTES;
  while (offset < end) {
    const type = uint8(bytes, offset);
    if (type === END_OF_OPTIONS) break;
    if (type === NO_OPERATION) {
      offset += 1;
      continue;
    }
    const length = uint8(bytes, offset + 1);
    if (length < 2 || offset + length > end) {
      const room = end - offset;
      cursor.note({ part: 'ipv4-option', problem: 'option-too-long', type, length, room });
      break;
    }
    options.push({ type, data: hex(bytes, offset + 2, offset + length) });
    offset += length;
  }
  return options;
}
