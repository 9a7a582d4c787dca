import type { Icmp } from '../../model/packet.ts';
import { ipv4Address } from './address.ts';
import { uint8, uint16 } from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { decodeQuoted } from './quoted.ts';

const ICMP_HEADER_BYTES = 8;
/** Numbers of the registry "ICMP Type Numbers" (RFC 792). */
const ECHO_REPLY = 0;
const DESTINATION_UNREACHABLE = 3;
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

/** Decodes an ICMP message, with the packet that an error quotes. */
export function decodeIcmp(cursor: Cursor): Icmp | undefined {
  if (!cursor.has(ICMP_HEADER_BYTES, 'icmp')) return undefined;
  const { bytes, start, end } = cursor;
  const type = uint8(bytes, start);
  const message = {
    type,
    code: uint8(bytes, start + 1),
    checksum: uint16(bytes, start + 2),
    checksumStatus: cursor.plainChecksumStatus(end - start),
    ...icmpFields(bytes, start),
  };
  cursor.start += ICMP_HEADER_BYTES;
  if (!errors.has(type)) return message;
  return { ...message, quoted: decodeQuoted(cursor) };
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
