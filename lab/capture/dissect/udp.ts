import { uint16 } from './bytes.ts';
import type { ChecksumStatus } from './checksum.ts';
import type { Dissection } from './dissection.ts';

/** The header of a UDP datagram (RFC 768). */
export interface Udp {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** In bytes, with the header of 8. */
  readonly length: number;
  readonly checksum: number;
  readonly checksumStatus: ChecksumStatus;
}

const UDP_HEADER_BYTES = 8;

/** Takes the UDP header off. */
export function decodeUdp(dissection: Dissection): void {
  if (!dissection.has(UDP_HEADER_BYTES, 'The UDP header')) return;
  const { bytes, start } = dissection;
  const length = uint16(bytes, start + 4);
  const checksum = uint16(bytes, start + 6);
  dissection.packet.udp = {
    sourcePort: uint16(bytes, start),
    destinationPort: uint16(bytes, start + 2),
    length,
    checksum,
    checksumStatus: udpChecksumStatus(dissection, checksum, length),
  };
  if (!dissection.isFragment) narrowToDatagram(dissection, length);
  dissection.start += UDP_HEADER_BYTES;
}

function udpChecksumStatus(
  dissection: Dissection,
  checksum: number,
  length: number,
): ChecksumStatus {
  if (checksum === 0) {
    if (dissection.packet.ipv6 === undefined) return 'absent';
    // RFC 8200, section 8.1: over IPv6 a receiver discards it.
    dissection.note('The UDP checksum is 0, which IPv6 does not allow');
    return 'bad';
  }
  return length < UDP_HEADER_BYTES ? 'unverified' : dissection.checksumStatus(checksum, length);
}

function narrowToDatagram(dissection: Dissection, length: number): void {
  const { start, end } = dissection;
  const room = end - start;
  if (length === room) return;
  if (length >= UDP_HEADER_BYTES && length < room) {
    dissection.note(`The UDP length is ${length}, but the IP packet has ${room} bytes for it`);
    dissection.end = start + length;
    return;
  }
  dissection.note(
    length < UDP_HEADER_BYTES
      ? `The UDP length is ${length}, less than its header's 8 bytes`
      : `The UDP length is ${length}, but the IP packet has only ${room} bytes for it`,
  );
}
