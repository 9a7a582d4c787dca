import { hex, uint8, uint16, uint32 } from './bytes.ts';
import type { Dissection } from './dissection.ts';

/** An extension header of an IPv6 packet (RFC 8200, section 4); `length` in bytes. */
export type Ipv6ExtensionHeader =
  | {
      readonly kind: 'hop-by-hop' | 'destination';
      readonly length: number;
      /** Without the padding (types 0 and 1). */
      readonly options: readonly Ipv6Option[];
    }
  | {
      readonly kind: 'routing';
      readonly length: number;
      readonly routingType: number;
      readonly segmentsLeft: number;
    }
  | {
      readonly kind: 'fragment';
      readonly length: number;
      /** In bytes from the start of what is fragmented. */
      readonly fragmentOffset: number;
      readonly moreFragments: boolean;
      readonly identification: number;
    };

/** An option of such a header (RFC 8200, section 4.2); its data in hexadecimal. */
export interface Ipv6Option {
  readonly type: number;
  readonly data: string;
}

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

/** Whether it is an extension header that is read here; AH and ESP count as what the packet carries. */
export function isExtensionHeader(number: number): boolean {
  return (
    number === HOP_BY_HOP || number === ROUTING || number === FRAGMENT || number === DESTINATION
  );
}

/** Takes an extension header off; undefined where it is cut short. */
export function decodeExtensionHeader(dissection: Dissection, number: number) {
  if (!dissection.has(8, 'An IPv6 extension header')) return undefined;
  const { bytes, start } = dissection;
  const nextHeader = uint8(bytes, start);
  const length = number === FRAGMENT ? 8 : (uint8(bytes, start + 1) + 1) * 8;
  if (!dissection.has(length, 'An IPv6 extension header')) return undefined;
  const header = extensionHeader(dissection, number, length);
  dissection.start += length;
  return { header, nextHeader };
}

function extensionHeader(
  dissection: Dissection,
  number: number,
  length: number,
): Ipv6ExtensionHeader {
  if (number === FRAGMENT) return fragmentHeader(dissection);
  if (number === ROUTING) return routingHeader(dissection, length);
  const kind = number === HOP_BY_HOP ? 'hop-by-hop' : 'destination';
  return { kind, length, options: ipv6Options(dissection, length) };
}

function fragmentHeader(dissection: Dissection): Ipv6ExtensionHeader {
  const { bytes, start } = dissection;
  const fragmentOffset = uint16(bytes, start + 2) & 0xfff8;
  const moreFragments = (uint8(bytes, start + 3) & 1) !== 0;
  // RFC 6946: with neither it is whole.
  dissection.isFragment ||= moreFragments || fragmentOffset > 0;
  const identification = uint32(bytes, start + 4);
  return { kind: 'fragment', length: 8, fragmentOffset, moreFragments, identification };
}

function routingHeader(dissection: Dissection, length: number): Ipv6ExtensionHeader {
  const { bytes, start } = dissection;
  const routingType = uint8(bytes, start + 2);
  const segmentsLeft = uint8(bytes, start + 3);
  if (segmentsLeft > 0) {
    dissection.finalDestination = lastSegment(start, length, routingType);
    const addresses = Math.floor((length - 8) / 16);
    if (dissection.finalDestination !== undefined && segmentsLeft > addresses) {
      dissection.note(
        `The IPv6 routing header has ${segmentsLeft} segments left, but holds ${addresses} addresses`,
      );
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

function ipv6Options(dissection: Dissection, length: number): Ipv6Option[] {
  const { bytes, start } = dissection;
  const end = start + length;
  const options: Ipv6Option[] = [];
  let offset = start + 2;
  while (offset < end) {
    const type = uint8(bytes, offset);
    if (type === PAD1) {
      offset += 1;
      continue;
    }
    const dataEnd = offset + 2 + uint8(bytes, offset + 1);
    if (offset + 2 > end || dataEnd > end) {
      dissection.note(`The IPv6 option ${type} is longer than the header that it is in`);
      break;
    }
    if (type !== PADN) options.push({ type, data: hex(bytes, offset + 2, dataEnd) });
    offset = dataEnd;
  }
  return options;
}
