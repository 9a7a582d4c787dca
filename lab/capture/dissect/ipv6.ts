import type { Ipv6, Ipv6ExtensionHeader } from '../../model/packet.ts';
import { ipv6Address } from './address.ts';
import { uint8, uint16, uint32 } from './bytes.ts';
import { fold, onesComplementSum } from './checksum.ts';
import type { Cursor } from './cursor.ts';
import { decodeExtensionHeader, isExtensionHeader } from './ipv6-extension.ts';

const IPV6_HEADER_BYTES = 40;
const DESTINATION_OFFSET = 24;
/** RFC 8200, section 4.7. */
const NO_NEXT_HEADER = 59;
/** RFC 2675, section 2. */
const JUMBO_PAYLOAD = 0xc2;
/** Senders use each at most once, the destination options twice (RFC 8200, section 4.1); what has more is not worth the work. */
const MAX_EXTENSION_HEADERS = 16;
const NO_HEADERS: readonly Ipv6ExtensionHeader[] = Object.freeze([]);

/** Decodes the IPv6 header and its extension headers. */
export function decodeIpv6(cursor: Cursor): Ipv6 | undefined {
  if (!cursor.has(IPV6_HEADER_BYTES, 'ipv6')) return undefined;
  const { bytes, start } = cursor;
  const version = uint8(bytes, start) >>> 4;
  if (version !== 6) {
    cursor.note({ part: 'ipv6', problem: 'wrong-version', version });
    return undefined;
  }
  const word = uint32(bytes, start);
  const payloadLength = uint16(bytes, start + 4);
  const nextHeader = uint8(bytes, start + 6);
  narrowToPacket(cursor, payloadLength, nextHeader);
  cursor.start += IPV6_HEADER_BYTES;
  cursor.finalDestination = start + DESTINATION_OFFSET;
  const chain = isExtensionHeader(nextHeader) ? extensionHeaders(cursor, nextHeader) : undefined;
  const protocol = chain?.protocol ?? nextHeader;
  if (payloadLength === 0 && nextHeader !== NO_NEXT_HEADER && !isJumbogram(chain?.headers)) {
    cursor.note({ part: 'ipv6', problem: 'no-length' });
  }
  cursor.ipVersion = 6;
  cursor.pseudoHeader = pseudoHeader(cursor, start, protocol);
  cursor.isOpaque = chain !== undefined && !chain.isWhole;
  return {
    source: ipv6Address(bytes, start + 8),
    destination: ipv6Address(bytes, start + DESTINATION_OFFSET),
    dscp: (word >>> 22) & 0x3f,
    ecn: (word >>> 20) & 0x03,
    flowLabel: word & 0xfffff,
    payloadLength,
    nextHeader,
    hopLimit: uint8(bytes, start + 7),
    extensionHeaders: chain?.headers ?? NO_HEADERS,
    protocol,
  };
}

function narrowToPacket(cursor: Cursor, payloadLength: number, nextHeader: number): void {
  const { start, end } = cursor;
  // A jumbogram (RFC 2675) ends with the frame, and so does what a kernel hands over in one piece, to be cut later.
  if (payloadLength === 0 && nextHeader !== NO_NEXT_HEADER) return;
  const stated = start + IPV6_HEADER_BYTES + payloadLength;
  if (stated > end && !cursor.isQuoted) {
    const room = end - start - IPV6_HEADER_BYTES;
    cursor.note({ part: 'ipv6', problem: 'wrong-length', length: payloadLength, room });
  }
  if (!cursor.isQuoted || stated < end) cursor.end = stated;
}

function isJumbogram(headers: readonly Ipv6ExtensionHeader[] = NO_HEADERS): boolean {
  const [first] = headers;
  return (
    first?.kind === 'hop-by-hop' && first.options.some((option) => option.type === JUMBO_PAYLOAD)
  );
}

function extensionHeaders(cursor: Cursor, first: number) {
  const headers: Ipv6ExtensionHeader[] = [];
  let protocol = first;
  while (isExtensionHeader(protocol)) {
    if (headers.length === MAX_EXTENSION_HEADERS) {
      cursor.note({ part: 'ipv6-extension', problem: 'too-many', most: MAX_EXTENSION_HEADERS });
      return { headers, protocol, isWhole: false };
    }
    const decoded = decodeExtensionHeader(cursor, protocol);
    if (decoded === undefined) return { headers, protocol, isWhole: false };
    headers.push(decoded.header);
    protocol = decoded.nextHeader;
    if (decoded.header.kind === 'fragment' && decoded.header.fragmentOffset > 0) {
      return { headers, protocol, isWhole: false };
    }
  }
  return { headers, protocol, isWhole: true };
}

/** RFC 8200, section 8.1: with the final destination, which a routing header may hold. */
function pseudoHeader(cursor: Cursor, start: number, protocol: number): number | undefined {
  const { bytes, finalDestination } = cursor;
  if (finalDestination === undefined) return undefined;
  const source = onesComplementSum(bytes, start + 8, start + DESTINATION_OFFSET);
  const both = onesComplementSum(bytes, finalDestination, finalDestination + 16, source);
  return fold(both + protocol);
}
