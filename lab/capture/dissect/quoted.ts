import { uint8, uint16, uint32 } from './bytes.ts';
import { Dissection } from './dissection.ts';
import type { Ipv4 } from './ipv4.ts';
import { decodeIpv4 } from './ipv4.ts';
import type { Ipv6 } from './ipv6.ts';
import { decodeIpv6 } from './ipv6.ts';
import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from './protocol.ts';

/** The packet that an ICMP error is about: its IP header, and the 8 bytes that are certain to follow (RFC 792). */
export interface QuotedPacket {
  readonly ipv4?: Ipv4;
  readonly ipv6?: Ipv6;
  readonly udp?: { sourcePort: number; destinationPort: number; length: number; checksum: number };
  readonly tcp?: { sourcePort: number; destinationPort: number; sequenceNumber: number };
  readonly icmp?: QuotedIcmp;
  readonly icmpv6?: QuotedIcmp;
}

/** The identifier and the sequence number are those of an echo, and mean nothing in other messages. */
interface QuotedIcmp {
  readonly type: number;
  readonly code: number;
  readonly identifier: number;
  readonly sequenceNumber: number;
}

const CERTAIN_BYTES = 8;

/** Decodes what an ICMP error quotes; no deeper than that, whatever it holds. */
export function decodeQuoted(dissection: Dissection): QuotedPacket {
  const { start, end } = dissection;
  const inner = new Dissection(dissection.bytes, 'raw-ip', end);
  inner.start = start;
  inner.isQuoted = true;
  const decode = dissection.packet.icmp === undefined ? decodeIpv6 : decodeIpv4;
  const protocol = decode(inner);
  for (const note of inner.packet.notes) dissection.note(`In the quoted packet: ${note}`);
  const { ipv4, ipv6 } = inner.packet;
  const there = Math.min(inner.end, inner.bytes.length) - inner.start;
  return {
    ...(ipv4 && { ipv4 }),
    ...(ipv6 && { ipv6 }),
    ...(there >= CERTAIN_BYTES && transport(inner, protocol)),
  };
}

function transport({ bytes, start }: Dissection, protocol: number | undefined) {
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
