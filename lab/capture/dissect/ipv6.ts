import { ipv6Address } from './address.ts';
import { uint8, uint16, uint32 } from './bytes.ts';
import { fold, onesComplementSum } from './checksum.ts';
import type { Dissection } from './dissection.ts';
import type { Ipv6ExtensionHeader } from './ipv6-extension.ts';
import { decodeExtensionHeader, isExtensionHeader } from './ipv6-extension.ts';

/** The header of an IPv6 packet (RFC 8200, section 3), and its extension headers. */
export interface Ipv6 {
  readonly source: string;
  readonly destination: string;
  /** RFC 2474, section 3. */
  readonly dscp: number;
  /** RFC 3168, section 5: 0 not ECN-capable, 1 and 2 capable, 3 congestion experienced. */
  readonly ecn: number;
  readonly flowLabel: number;
  /** In bytes, with the extension headers, without this one of 40. */
  readonly payloadLength: number;
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly extensionHeaders: readonly Ipv6ExtensionHeader[];
  /** What the packet carries, after the extension headers: 6 TCP, 17 UDP, 58 ICMPv6. */
  readonly protocol: number;
}

const IPV6_HEADER_BYTES = 40;
const DESTINATION_OFFSET = 24;
/** RFC 8200, section 4.7. */
const NO_NEXT_HEADER = 59;
/** RFC 2675, section 2. */
const JUMBO_PAYLOAD = 0xc2;
/** Senders use each at most once, the destination options twice (RFC 8200, section 4.1); what has more is not worth the work. */
const MAX_EXTENSION_HEADERS = 16;
const NO_HEADERS: readonly Ipv6ExtensionHeader[] = Object.freeze([]);

/** Takes the IPv6 header and its extension headers off; gives the protocol that follows, undefined where none can be decoded. */
export function decodeIpv6(dissection: Dissection): number | undefined {
  if (!dissection.has(IPV6_HEADER_BYTES, 'The IPv6 header')) return undefined;
  const { bytes, start } = dissection;
  const version = uint8(bytes, start) >>> 4;
  if (version !== 6) {
    dissection.note(`The IPv6 header says version ${version}`);
    return undefined;
  }
  const word = uint32(bytes, start);
  const payloadLength = uint16(bytes, start + 4);
  const nextHeader = uint8(bytes, start + 6);
  narrowToPacket(dissection, payloadLength, nextHeader);
  dissection.start += IPV6_HEADER_BYTES;
  dissection.finalDestination = start + DESTINATION_OFFSET;
  const chain = isExtensionHeader(nextHeader)
    ? extensionHeaders(dissection, nextHeader)
    : undefined;
  const protocol = chain?.protocol ?? nextHeader;
  if (payloadLength === 0 && nextHeader !== NO_NEXT_HEADER && !isJumbogram(chain?.headers)) {
    dissection.note('The IPv6 payload length is 0, as of a packet that is still to be segmented');
  }
  dissection.packet.ipv6 = {
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
  dissection.pseudoHeader = pseudoHeader(dissection, start, protocol);
  return chain !== undefined && !chain.isWhole ? undefined : protocol;
}

function narrowToPacket(dissection: Dissection, payloadLength: number, nextHeader: number): void {
  const { start, end } = dissection;
  // A jumbogram (RFC 2675) ends with the frame, and so does what a kernel hands over in one piece, to be cut later.
  if (payloadLength === 0 && nextHeader !== NO_NEXT_HEADER) return;
  const stated = start + IPV6_HEADER_BYTES + payloadLength;
  if (stated > end && !dissection.isQuoted) {
    dissection.note(
      `The IPv6 payload length is ${payloadLength}, but the frame has only ${end - start - IPV6_HEADER_BYTES} bytes for it`,
    );
  }
  if (!dissection.isQuoted || stated < end) dissection.end = stated;
}

function isJumbogram(headers: readonly Ipv6ExtensionHeader[] = NO_HEADERS): boolean {
  const [first] = headers;
  return (
    first?.kind === 'hop-by-hop' && first.options.some((option) => option.type === JUMBO_PAYLOAD)
  );
}

function extensionHeaders(dissection: Dissection, first: number) {
  const headers: Ipv6ExtensionHeader[] = [];
  let protocol = first;
  while (isExtensionHeader(protocol)) {
    if (headers.length === MAX_EXTENSION_HEADERS) {
      dissection.note(`More than ${MAX_EXTENSION_HEADERS} IPv6 extension headers`);
      return { headers, protocol, isWhole: false };
    }
    const decoded = decodeExtensionHeader(dissection, protocol);
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
function pseudoHeader(dissection: Dissection, start: number, protocol: number): number | undefined {
  const { bytes, finalDestination } = dissection;
  if (finalDestination === undefined) return undefined;
  const source = onesComplementSum(bytes, start + 8, start + DESTINATION_OFFSET);
  const both = onesComplementSum(bytes, finalDestination, finalDestination + 16, source);
  return fold(both + protocol);
}
