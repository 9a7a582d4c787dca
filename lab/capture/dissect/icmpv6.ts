import { ipv6Address } from './address.ts';
import { uint8, uint16, uint32 } from './bytes.ts';
import type { ChecksumStatus } from './checksum.ts';
import type { Dissection } from './dissection.ts';
import type { NeighborOption } from './neighbor-option.ts';
import { decodeNeighborOptions } from './neighbor-option.ts';
import type { QuotedPacket } from './quoted.ts';

/** An ICMPv6 message (RFC 4443), with those of neighbor discovery (RFC 4861). */
export interface Icmpv6 {
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
  readonly checksumStatus: ChecksumStatus;
  /** Of an echo. */
  readonly identifier?: number;
  /** Of an echo. */
  readonly sequenceNumber?: number;
  /** Of "packet too big". */
  readonly mtu?: number;
  /** Of a parameter problem: the offset of the byte at fault. */
  readonly pointer?: number;
  /** Of a neighbor solicitation or advertisement, or of a redirect. */
  readonly targetAddress?: string;
  /** Of a redirect. */
  readonly destinationAddress?: string;
  /** Of a neighbor advertisement. */
  readonly router?: boolean;
  readonly solicited?: boolean;
  readonly override?: boolean;
  /** Of a router advertisement. */
  readonly currentHopLimit?: number;
  readonly managed?: boolean;
  readonly otherConfiguration?: boolean;
  readonly routerLifetimeSeconds?: number;
  readonly reachableTimeMs?: number;
  readonly retransTimerMs?: number;
  /** Of neighbor discovery. */
  readonly options?: readonly NeighborOption[];
  /** The start of the packet that an error is about. */
  readonly quoted?: QuotedPacket;
}

const ICMPV6_HEADER_BYTES = 8;
/** Numbers of the registry "ICMPv6 Type Numbers" (RFC 4443, sections 3 and 4; RFC 4861, section 4). */
const PACKET_TOO_BIG = 2;
const PARAMETER_PROBLEM = 4;
const ECHO_REQUEST = 128;
const ECHO_REPLY = 129;
const ROUTER_SOLICITATION = 133;
const ROUTER_ADVERTISEMENT = 134;
const NEIGHBOR_SOLICITATION = 135;
const NEIGHBOR_ADVERTISEMENT = 136;
const REDIRECT = 137;
/** RFC 4443, section 2.1: errors have the types below 128; those from 1 to 4 quote at the same place. */
const LAST_ERROR = 4;

/** How many bytes the fixed part of a message of neighbor discovery takes: the options follow. */
const neighborBytes: Record<number, number> = {
  [ROUTER_SOLICITATION]: 8,
  [ROUTER_ADVERTISEMENT]: 16,
  [NEIGHBOR_SOLICITATION]: 24,
  [NEIGHBOR_ADVERTISEMENT]: 24,
  [REDIRECT]: 40,
};

/** Takes the ICMPv6 message off; gives whether the packet that an error is about follows. */
export function decodeIcmpv6(dissection: Dissection): boolean {
  if (!dissection.has(ICMPV6_HEADER_BYTES, 'The ICMPv6 message')) return false;
  const { bytes, start, end } = dissection;
  const type = uint8(bytes, start);
  const checksum = uint16(bytes, start + 2);
  dissection.packet.icmpv6 = {
    type,
    code: uint8(bytes, start + 1),
    checksum,
    checksumStatus: dissection.checksumStatus(checksum, end - start),
    ...messageFields(bytes, start),
    ...neighborDiscovery(dissection, type),
  };
  if (neighborBytes[type] !== undefined) return false;
  dissection.start += ICMPV6_HEADER_BYTES;
  return type >= 1 && type <= LAST_ERROR;
}

function messageFields(bytes: Uint8Array, start: number) {
  const type = uint8(bytes, start);
  if (type === ECHO_REQUEST || type === ECHO_REPLY) {
    return { identifier: uint16(bytes, start + 4), sequenceNumber: uint16(bytes, start + 6) };
  }
  if (type === PACKET_TOO_BIG) return { mtu: uint32(bytes, start + 4) };
  if (type === PARAMETER_PROBLEM) return { pointer: uint32(bytes, start + 4) };
  return undefined;
}

function neighborDiscovery(dissection: Dissection, type: number) {
  const length = neighborBytes[type];
  if (length === undefined) return undefined;
  if (!dissection.has(length, 'The neighbor discovery message')) {
    dissection.start += ICMPV6_HEADER_BYTES;
    return undefined;
  }
  const fields = neighborFields(dissection.bytes, dissection.start);
  dissection.start += length;
  return { ...fields, options: decodeNeighborOptions(dissection) };
}

function neighborFields(bytes: Uint8Array, start: number) {
  const type = uint8(bytes, start);
  const flags = uint8(bytes, start + (type === ROUTER_ADVERTISEMENT ? 5 : 4));
  if (type === ROUTER_SOLICITATION) return undefined;
  if (type === ROUTER_ADVERTISEMENT) {
    return {
      currentHopLimit: uint8(bytes, start + 4),
      managed: (flags & 0x80) !== 0,
      otherConfiguration: (flags & 0x40) !== 0,
      routerLifetimeSeconds: uint16(bytes, start + 6),
      reachableTimeMs: uint32(bytes, start + 8),
      retransTimerMs: uint32(bytes, start + 12),
    };
  }
  const targetAddress = ipv6Address(bytes, start + 8);
  if (type === REDIRECT) {
    return { targetAddress, destinationAddress: ipv6Address(bytes, start + 24) };
  }
  if (type === NEIGHBOR_SOLICITATION) return { targetAddress };
  return {
    targetAddress,
    router: (flags & 0x80) !== 0,
    solicited: (flags & 0x40) !== 0,
    override: (flags & 0x20) !== 0,
  };
}
