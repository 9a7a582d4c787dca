import type { Ipv6ExtensionHeader, Ipv6Option } from '../../model/packet.ts';
import { hex, uint8, uint16, uint32 } from './bytes.ts';
import type { Cursor } from './cursor.ts';

/** Numbers of the registry "IPv6 Extension Header Types" (RFC 7045). */
const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const DESTINATION = 60;
/** RFC 8200, section 4.2: the padding options. */
const PAD1 = 0;
const PADN = 1;
/** Types of routing header: RFC 5095 (deprecated), RFC 6275, RFC 8754. */
const ROUTING_SOURCE_ROUTE = 0;
const ROUTING_MOBILE = 2;
const ROUTING_SEGMENTS = 4;

/** Whether it is an extension header that is decoded here; AH and ESP count as what the packet carries. */
export function isExtensionHeader(number: number): boolean {
  return (
    number === HOP_BY_HOP || number === ROUTING || number === FRAGMENT || number === DESTINATION
  );
}

/** Decodes an extension header; undefined where it is cut short. */
export function decodeExtensionHeader(cursor: Cursor, number: number) {
  if (!cursor.has(8, 'ipv6-extension')) return undefined;
  const { bytes, start } = cursor;
  const nextHeader = uint8(bytes, start);
  const length = number === FRAGMENT ? 8 : (uint8(bytes, start + 1) + 1) * 8;
  if (!cursor.has(length, 'ipv6-extension')) return undefined;
  const header = extensionHeader(cursor, number, length);
  cursor.start += length;
  return { header, nextHeader };
}

function extensionHeader(cursor: Cursor, number: number, length: number): Ipv6ExtensionHeader {
  if (number === FRAGMENT) return fragmentHeader(cursor);
  if (number === ROUTING) return routingHeader(cursor, length);
  const kind = number === HOP_BY_HOP ? 'hop-by-hop' : 'destination';
  return { kind, length, options: ipv6Options(cursor, length) };
}

function fragmentHeader(cursor: Cursor): Ipv6ExtensionHeader {
  const { bytes, start } = cursor;
  const fragmentOffset = uint16(bytes, start + 2) & 0xfff8;
  const moreFragments = (uint8(bytes, start + 3) & 1) !== 0;
  // RFC 6946: with neither it is whole.
  cursor.isFragment ||= moreFragments || fragmentOffset > 0;
  const identification = uint32(bytes, start + 4);
  return { kind: 'fragment', length: 8, fragmentOffset, moreFragments, identification };
}

function routingHeader(cursor: Cursor, length: number): Ipv6ExtensionHeader {
  const { bytes, start } = cursor;
  const routingType = uint8(bytes, start + 2);
  const segmentsLeft = uint8(bytes, start + 3);
  if (segmentsLeft > 0) {
    cursor.finalDestination = lastSegment(start, length, routingType);
    const addresses = Math.floor((length - 8) / 16);
    if (cursor.finalDestination !== undefined && segmentsLeft > addresses) {
      cursor.note({
        part: 'ipv6-extension',
        problem: 'missing-addresses',
        segmentsLeft,
        addresses,
      });
    }
  }
  return { kind: 'routing', length, routingType, segmentsLeft };
}

/** Where the header holds the final destination, if its type is known to. */
function lastSegment(start: number, length: number, routingType: number): number | undefined {
  if (length < 24) return undefined;
  if (routingType === ROUTING_SEGMENTS) return start + 8;
  const inOrder = routingType === ROUTING_SOURCE_ROUTE || routingType === ROUTING_MOBILE;
  return inOrder ? start + length - 16 : undefined;
}

function ipv6Options(cursor: Cursor, length: number): Ipv6Option[] {
  const { bytes, start } = cursor;
  const end = start + length;
  const options: Ipv6Option[] = [];
  let offset = start + 2;
  while (offset < end) {
    const type = uint8(bytes, offset);
    if (type === PAD1) {
      offset += 1;
      continue;
    }
    const optionLength = 2 + uint8(bytes, offset + 1);
    const dataEnd = offset + optionLength;
    if (dataEnd > end) {
      const room = end - offset;
      cursor.note({
        part: 'ipv6-option',
        problem: 'option-too-long',
        type,
        length: optionLength,
        room,
      });
      break;
    }
    if (type !== PADN) options.push({ type, data: hex(bytes, offset + 2, dataEnd) });
    offset = dataEnd;
  }
  return options;
}
