/**
 * What the wire must know of a packet, and no more: its addresses, and where its parts begin. Pure and fast, as every packet into a
 * host passes through it.
 *
 * Sources: RFC 791, section 3.1 (IPv4); RFC 8200, sections 3 and 4 (IPv6); RFC 9293, section 3.1 (TCP); RFC 768 (UDP).
 */

/** IANA's protocol numbers. */
export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ICMPV6 = 58;

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const AUTHENTICATION = 51;
const DESTINATION_OPTIONS = 60;

export interface Headers {
  readonly version: 4 | 6;
  readonly protocol: number;
  /** The offset of the source address, which has 4 or 16 bytes; the destination address follows it. */
  readonly sourceAt: number;
  /** The offset of the segment, datagram or message of `protocol`, after all extension headers. */
  readonly transportAt: number;
  /** The total length of the packet. */
  readonly end: number;
  /** Whether it is one fragment of a packet. (IPv4 reassembles before the wire, IPv6 after it.) */
  readonly isFragment: boolean;
  /** Over IPv6: which fragment it is (RFC 8200, section 4.5). */
  readonly fragment?: Fragment;
  /** The offset of the application data, in TCP and UDP; undefined in a later fragment, which has no such header. */
  readonly payloadAt?: number;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly tcpSequence?: number;
}

interface Fragment {
  readonly id: number;
  /** The offset of its data in the data of the whole packet, in bytes. */
  readonly offset: number;
  readonly isLast: boolean;
  /** The offset of its data in this packet. */
  readonly dataAt: number;
}

/** @returns undefined if it is not IP, or is cut short before its ports */
export function headersOf(bytes: Buffer): Headers | undefined {
  const version = bytes.length < 20 ? 0 : bytes.readUInt8(0) >> 4;
  if (version === 4) return headersOf4(bytes);
  if (version === 6 && bytes.length >= 40) return headersOf6(bytes);
  return undefined;
}

function headersOf4(bytes: Buffer): Headers | undefined {
  const transportAt = (bytes.readUInt8(0) & 0x0f) * 4;
  const end = Math.min(bytes.readUInt16BE(2), bytes.length);
  if (transportAt < 20 || transportAt > end) return undefined;
  const fragment = bytes.readUInt16BE(6) & 0x3fff;
  const protocol = bytes.readUInt8(9);
  const network = { version: 4, protocol, sourceAt: 12, transportAt, end } as const;
  return withPorts(bytes, { ...network, isFragment: fragment !== 0 }, (fragment & 0x1fff) === 0);
}

function headersOf6(bytes: Buffer): Headers | undefined {
  const end = Math.min(40 + bytes.readUInt16BE(4), bytes.length);
  let protocol = bytes.readUInt8(6);
  let transportAt = 40;
  let fragment: Fragment | undefined;
  while (isExtension(protocol)) {
    if (transportAt + 8 > end) return undefined;
    const length = bytes.readUInt8(transportAt + 1);
    if (protocol === FRAGMENT) fragment = fragmentAt(bytes, transportAt);
    const next = bytes.readUInt8(transportAt);
    transportAt += extensionLength(protocol, length);
    protocol = next;
    // After the header of a later fragment there is data, whatever its next header says.
    if (fragment !== undefined && fragment.offset > 0) break;
  }
  if (transportAt > end) return undefined;
  const network = { version: 6, protocol, sourceAt: 8, transportAt, end } as const;
  if (fragment === undefined) return withPorts(bytes, { ...network, isFragment: false }, true);
  return withPorts(bytes, { ...network, isFragment: true, fragment }, fragment.offset === 0);
}

function fragmentAt(bytes: Buffer, at: number): Fragment {
  const field = bytes.readUInt16BE(at + 2);
  return {
    id: bytes.readUInt32BE(at + 4),
    offset: field & ~7,
    isLast: (field & 1) === 0,
    dataAt: at + 8,
  };
}

function isExtension(protocol: number): boolean {
  return (
    protocol === HOP_BY_HOP ||
    protocol === ROUTING ||
    protocol === FRAGMENT ||
    protocol === AUTHENTICATION ||
    protocol === DESTINATION_OPTIONS
  );
}

/** In bytes (RFC 8200, sections 4.3 to 4.6); the authentication header counts differently (RFC 4302, section 2.2). */
function extensionLength(protocol: number, length: number): number {
  if (protocol === FRAGMENT) return 8;
  if (protocol === AUTHENTICATION) return (length + 2) * 4;
  return (length + 1) * 8;
}

function withPorts(bytes: Buffer, headers: Headers, isFirst: boolean): Headers | undefined {
  const { protocol, transportAt: at, end } = headers;
  if (!isFirst || (protocol !== TCP && protocol !== UDP)) return headers;
  const least = protocol === TCP ? 20 : 8;
  if (at + least > end) return undefined;
  const length = protocol === TCP ? (bytes.readUInt8(at + 12) >> 4) * 4 : 8;
  return {
    ...headers,
    fromPort: bytes.readUInt16BE(at),
    toPort: bytes.readUInt16BE(at + 2),
    ...(protocol === TCP && { tcpSequence: bytes.readUInt32BE(at + 4) }),
    payloadAt: Math.min(at + Math.max(length, least), end),
  };
}
