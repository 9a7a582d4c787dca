import type { Packet } from '../../model/packet.ts';

const UDP_HEADER_BYTES = 8;

/** The bytes that the program sent in a datagram, whatever part of them is in its first fragment. */
export function datagramBytes({
  packet: { udp, payloadLength },
}: {
  readonly packet: Packet;
}): number {
  return udp ? Math.max(udp.length - UDP_HEADER_BYTES, 0) : payloadLength;
}
