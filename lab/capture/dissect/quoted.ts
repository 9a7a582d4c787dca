import type { QuotedPacket } from '../../model/packet.ts';
import { uint8, uint16, uint32 } from './bytes.ts';
import { Cursor } from './cursor.ts';
import { decodeIpv4 } from './ipv4.ts';
import { decodeIpv6 } from './ipv6.ts';
import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from './protocol.ts';

const CERTAIN_BYTES = 8;

/** Decodes the packet that an ICMP error quotes, of the IP version of the error; no deeper than that, whatever it holds. */
export function decodeQuoted(cursor: Cursor): QuotedPacket {
  const { bytes, start, end } = cursor;
  const inner = new Cursor(bytes, end, { start, isQuoted: true });
  const ipv4 = cursor.ipVersion === 4 ? decodeIpv4(inner) : undefined;
  const ipv6 = cursor.ipVersion === 6 ? decodeIpv6(inner) : undefined;
  for (const note of inner.notes) cursor.note({ ...note, isQuoted: true });
  const protocol = inner.isOpaque ? undefined : (ipv4 ?? ipv6)?.protocol;
  return {
    ...(ipv4 && { ipv4 }),
    ...(ipv6 && { ipv6 }),
    ...(isTransportThere(inner) && transport(inner, protocol)),
  };
}

function isTransportThere({ bytes, start, end }: Cursor): boolean {
  return Math.min(end, bytes.length) - start >= CERTAIN_BYTES;
}

function transport({ bytes, start }: Cursor, protocol: number | undefined) {
  const ports = { sourcePort: uint16(bytes, start), destinationPort: uint16(bytes, start + 2) };
  const echo = {
    type: uint8(bytes, start),
    code: uint8(bytes, start + 1),
    identifier: uint16(bytes, start + 4),
    sequenceNumber: uint16(bytes, start + 6),
  };
  if (protocol === PROTOCOL_TCP) {
    return { tcp: { ...ports, sequenceNumber: uint32(bytes, start + 4) } };
  }
  if (protocol === PROTOCOL_UDP) {
    const length = uint16(bytes, start + 4);
    return { udp: { ...ports, length, checksum: uint16(bytes, start + 6) } };
  }
  if (protocol === PROTOCOL_ICMP) return { icmp: echo };
  if (protocol === PROTOCOL_ICMPV6) return { icmpv6: echo };
  return {};
}
