import { ipv4Address } from './address.ts';
import { uint8, uint16 } from './bytes.ts';
import type { ChecksumStatus } from './checksum.ts';
import type { Dissection } from './dissection.ts';
import type { QuotedPacket } from './quoted.ts';

/** An ICMP message (RFC 792). */
export interface Icmp {
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
  readonly checksumStatus: ChecksumStatus;
  /** Of an echo, a timestamp, and the like. */
  readonly identifier?: number;
  /** Of an echo, a timestamp, and the like. */
  readonly sequenceNumber?: number;
  /** Of "fragmentation needed" (RFC 1191, section 4). */
  readonly nextHopMtu?: number;
  /** Of a redirect. */
  readonly gatewayAddress?: string;
  /** Of a parameter problem: the offset of the byte at fault. */
  readonly pointer?: number;
  /** The start of the packet that an error is about. */
  readonly quoted?: QuotedPacket;
}

const ICMP_HEADER_BYTES = 8;
/** Numbers of the registry "ICMP Type Numbers" (RFC 792). */
const ECHO_REPLY = 0;
export const DESTINATION_UNREACHABLE = 3;
const FRAGMENTATION_NEEDED = 4;
const SOURCE_QUENCH = 4;
const REDIRECT = 5;
const ECHO = 8;
const TIME_EXCEEDED = 11;
const PARAMETER_PROBLEM = 12;
const TIMESTAMP = 13;
/** Up to here, a request and its reply in turn, with the fields of an echo (RFC 950, appendix I). */
const ADDRESS_MASK_REPLY = 18;

const errors = new Set([
  DESTINATION_UNREACHABLE,
  SOURCE_QUENCH,
  REDIRECT,
  TIME_EXCEEDED,
  PARAMETER_PROBLEM,
]);

/** Takes the ICMP header off; gives whether the packet that an error is about follows. */
export function decodeIcmp(dissection: Dissection): boolean {
  if (!dissection.has(ICMP_HEADER_BYTES, 'The ICMP message')) return false;
  const { bytes, start, end } = dissection;
  const type = uint8(bytes, start);
  dissection.packet.icmp = {
    type,
    code: uint8(bytes, start + 1),
    checksum: uint16(bytes, start + 2),
    checksumStatus: dissection.plainChecksumStatus(end - start),
    ...icmpFields(bytes, start),
  };
  dissection.start += ICMP_HEADER_BYTES;
  return errors.has(type);
}

function icmpFields(bytes: Uint8Array, start: number) {
  const type = uint8(bytes, start);
  const isLaterQuery = type >= TIMESTAMP && type <= ADDRESS_MASK_REPLY;
  if (type === ECHO || type === ECHO_REPLY || isLaterQuery) {
    return { identifier: uint16(bytes, start + 4), sequenceNumber: uint16(bytes, start + 6) };
  }
  if (type === DESTINATION_UNREACHABLE && uint8(bytes, start + 1) === FRAGMENTATION_NEEDED) {
    return { nextHopMtu: uint16(bytes, start + 6) };
  }
  if (type === REDIRECT) return { gatewayAddress: ipv4Address(bytes, start + 4) };
  if (type === PARAMETER_PROBLEM) return { pointer: uint8(bytes, start + 4) };
  return undefined;
}
