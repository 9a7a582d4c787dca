import type { Icmpv6 } from '../../model/packet.ts';
import { ipv6Address } from './address.ts';
import { uint8, uint16, uint32 } from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { decodeNeighborOptions } from './neighbor-option.ts';
import { decodeQuoted } from './quoted.ts';

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

/** Decodes an ICMPv6 message, with the packet that an error quotes. */
export function decodeIcmpv6(cursor: Cursor): Icmpv6 | undefined {
  if (!cursor.has(ICMPV6_HEADER_BYTES, 'icmpv6')) return undefined;
  const { bytes, start, end } = cursor;
  const type = uint8(bytes, start);
  const checksum = uint16(bytes, start + 2);
  const message = {
    type,
    code: uint8(bytes, start + 1),
    checksum,
    checksumStatus: cursor.checksumStatus(checksum, end - start),
    ...messageFields(bytes, start),
    ...neighborDiscovery(cursor, type),
  };
  if (neighborBytes[type] !== undefined) return message;
  cursor.start += ICMPV6_HEADER_BYTES;
  if (type < 1 || type > LAST_ERROR) return message;
  return { ...message, quoted: decodeQuoted(cursor) };
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

function neighborDiscovery(cursor: Cursor, type: number) {
  const length = neighborBytes[type];
  if (length === undefined) return undefined;
  if (!cursor.has(length, 'neighbor-discovery')) {
    cursor.start += ICMPV6_HEADER_BYTES;
    return undefined;
  }
  const fields = neighborFields(cursor.bytes, cursor.start);
  cursor.start += length;
  return { ...fields, options: decodeNeighborOptions(cursor) };
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
