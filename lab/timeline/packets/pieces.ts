/**
 * A packet that a kernel handed over in one piece (segmentation offload), as the packets that a real line would carry: what a
 * network card, or the kernel in its place, makes of it (Linux: `udp_offload.c`, `tcp_offload.c` and `inet_gso_segment`).
 */
import type { Packet, Tcp } from '../../model/packet.ts';

/** Of UDP Linux takes 128 at once (UDP_MAX_SEGMENTS of `linux/udp.h`); of TCP 64 kB, in 536 bytes at least (RFC 9293, section 3.7.1). */
const PIECES_MAX = 128;
const UDP_HEADER_BYTES = 8;

/** One of the packets that left, or arrived, in one. */
export interface Piece {
  readonly whole: Packet;
  /** Counted from 0. */
  readonly at: number;
  readonly count: number;
}

/** How many packets a number of bytes takes. */
export function pieceCount({ payloadLength }: Packet, bytes: number): number {
  return Math.ceil(payloadLength / bytes);
}

/**
 * @param size bytes of each piece's payload; the last one has the rest
 * @returns nothing where that makes no pieces, or too many
 */
export function cut(whole: Packet, size: number): { packet: Packet; piece: Piece }[] {
  const count = size > 0 ? pieceCount(whole, size) : 0;
  if (count < 2 || count > PIECES_MAX) return [];
  const payload = atob(whole.bytes).slice(whole.payloadOffset);
  const headers = atob(whole.bytes).slice(0, whole.payloadOffset);
  return Array.from({ length: count }, (_, at) => {
    const bytes = headers + payload.slice(at * size, (at + 1) * size);
    const piece = { whole, at, count };
    return { packet: madeOf(piece, size, bytes), piece };
  });
}

/** The headers' own bytes stay as they were captured. */
function madeOf({ whole, at, count }: Piece, size: number, bytes: string): Packet {
  const { ipv4, ipv6, udp, tcp, payloadOffset, payloadLength } = whole;
  const own = Math.min(size, payloadLength - at * size);
  const less = payloadLength - own;
  const isLast = at === count - 1;
  return {
    ...whole,
    length: whole.length - less,
    capturedLength: bytes.length,
    bytes: btoa(bytes),
    payloadOffset,
    payloadLength: own,
    ...(ipv4 && {
      ipv4: {
        ...ipv4,
        identification: (ipv4.identification + at) & 0xffff,
        totalLength: ipv4.totalLength - less,
      },
    }),
    ...(ipv6 && { ipv6: { ...ipv6, payloadLength: ipv6.payloadLength - less } }),
    ...(udp && { udp: { ...udp, length: own + UDP_HEADER_BYTES, checksumStatus: 'unverified' } }),
    ...(tcp && { tcp: tcpOf(tcp, at * size, isLast) }),
  };
}

/** FIN and PSH are for what ends the whole (`tcp_gso_segment` of Linux). */
function tcpOf(tcp: Tcp, offset: number, isLast: boolean): Tcp {
  const { flags } = tcp;
  return {
    ...tcp,
    sequenceNumber: (tcp.sequenceNumber + offset) >>> 0,
    checksumStatus: 'unverified',
    flags: { ...flags, fin: flags.fin && isLast, psh: flags.psh && isLast },
  };
}
