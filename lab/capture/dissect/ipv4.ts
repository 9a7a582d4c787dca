import { ipv4Address } from './address.ts';
import { hex, uint8, uint16 } from './bytes.ts';
import type { ChecksumStatus } from './checksum.ts';
import { checksumStatus, fold, onesComplementSum } from './checksum.ts';
import type { Dissection } from './dissection.ts';

/** The header of an IPv4 packet (RFC 791, section 3.1). */
export interface Ipv4 {
  readonly source: string;
  readonly destination: string;
  /** In bytes, with the options. */
  readonly headerLength: number;
  /** RFC 2474, section 3. */
  readonly dscp: number;
  /** RFC 3168, section 5: 0 not ECN-capable, 1 and 2 capable, 3 congestion experienced. */
  readonly ecn: number;
  /** In bytes, with the header. */
  readonly totalLength: number;
  readonly identification: number;
  readonly reservedFlag: boolean;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** In bytes from the start of the datagram's payload. */
  readonly fragmentOffset: number;
  readonly timeToLive: number;
  /** What the packet carries: 1 ICMP, 6 TCP, 17 UDP. */
  readonly protocol: number;
  readonly headerChecksum: number;
  readonly headerChecksumStatus: ChecksumStatus;
  /** Without the padding (types 0 and 1). */
  readonly options: readonly Ipv4Option[];
}

/** An option of the IPv4 header; its data in hexadecimal. */
export interface Ipv4Option {
  readonly type: number;
  readonly data: string;
}

const IPV4_HEADER_BYTES = 20;
const RESERVED_FLAG = 0x8000;
const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;
/** RFC 791, section 3.1: the option types of one byte. */
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
const NO_OPTIONS: readonly Ipv4Option[] = Object.freeze([]);

/** Takes the IPv4 header off; gives the protocol that follows, undefined where none can be decoded. */
export function decodeIpv4(dissection: Dissection): number | undefined {
  if (!dissection.has(IPV4_HEADER_BYTES, 'The IPv4 header')) return undefined;
  const { bytes, start } = dissection;
  const version = uint8(bytes, start) >>> 4;
  if (version !== 4) {
    dissection.note(`The IPv4 header says version ${version}`);
    return undefined;
  }
  const ipv4 = ipv4Header(dissection);
  dissection.packet.ipv4 = ipv4;
  if (!narrowToDatagram(dissection, ipv4)) return undefined;
  dissection.start += ipv4.headerLength;
  dissection.isFragment = ipv4.moreFragments || ipv4.fragmentOffset > 0;
  dissection.pseudoHeader = fold(onesComplementSum(bytes, start + 12, start + 20) + ipv4.protocol);
  return ipv4.fragmentOffset > 0 ? undefined : ipv4.protocol;
}

function ipv4Header(dissection: Dissection): Ipv4 {
  const { bytes, start } = dissection;
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
    options: headerLength > IPV4_HEADER_BYTES ? ipv4Options(dissection, headerLength) : NO_OPTIONS,
  };
}

/** Holds the lengths that the header states against each other and against the frame; false where they make no sense. */
function narrowToDatagram(dissection: Dissection, ipv4: Ipv4): boolean {
  const { start, end } = dissection;
  if (ipv4.headerLength < IPV4_HEADER_BYTES) {
    dissection.note(
      `The IPv4 header says that it is ${ipv4.headerLength} bytes long, but it takes 20 or more`,
    );
    return false;
  }
  if (ipv4.totalLength === 0) {
    // What a kernel hands over in one piece, to be cut later, can be too long for the field.
    dissection.note('The IPv4 total length is 0, as of a packet that is still to be segmented');
  } else if (ipv4.totalLength < ipv4.headerLength) {
    dissection.note(
      `The IPv4 total length is ${ipv4.totalLength}, less than the header's ${ipv4.headerLength} bytes`,
    );
    return false;
  } else {
    if (start + ipv4.totalLength > end && !dissection.isQuoted) {
      dissection.note(
        `The IPv4 total length is ${ipv4.totalLength}, but the frame has only ${end - start} bytes for it`,
      );
    }
    if (!dissection.isQuoted || start + ipv4.totalLength < end)
      dissection.end = start + ipv4.totalLength;
  }
  return dissection.has(ipv4.headerLength, 'The IPv4 header with its options');
}

function ipv4Options(dissection: Dissection, headerLength: number): Ipv4Option[] {
  const { bytes, start } = dissection;
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
      dissection.note(
        `The IPv4 option ${type} says that it is ${length} bytes long, of ${end - offset}`,
      );
      break;
    }
    options.push({ type, data: hex(bytes, offset + 2, offset + length) });
    offset += length;
  }
  return options;
}
