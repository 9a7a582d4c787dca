import { AF_INET, AF_INET6, openSocket, SOCK_RAW, sendTo } from '../system.ts';
import type { WirePacket } from './packet.ts';

/** A raw socket of this protocol sends packets with their IP header (raw(7)); the same holds for IPv6. */
const IPPROTO_RAW = 255;

/**
 * Sends packets to the host from inside the host, as if they had arrived over the network once more.
 *
 * They are addressed to the host itself, so that the kernel delivers them over the loopback interface, which the wire's rules
 * spare: a copy is never impaired or copied again.
 */
export class Copies {
  readonly #sockets = new Map<number, number>();
  #failed = 0;

  /** How many copies the kernel did not accept. */
  get failed(): number {
    return this.#failed;
  }

  /** @returns whether the kernel accepted it */
  send({ bytes, headers: { version, sourceAt, end }, interfaceIndex }: WirePacket): boolean {
    const size = version === 4 ? 4 : 16;
    const destination = bytes.subarray(sourceAt + size, sourceAt + 2 * size);
    const address = version === 4 ? address4(destination) : address6(destination, interfaceIndex);
    const fd = this.#socket(version === 4 ? AF_INET : AF_INET6);
    const isSent = sendTo(fd, bytes.subarray(0, end), address);
    if (!isSent) this.#failed += 1;
    return isSent;
  }

  #socket(family: number): number {
    const fd = this.#sockets.get(family) ?? openSocket(family, SOCK_RAW, IPPROTO_RAW);
    this.#sockets.set(family, fd);
    return fd;
  }
}

/** struct sockaddr_in, ip(7). */
function address4(destination: Buffer): Buffer {
  const address = Buffer.alloc(16);
  address.writeUInt16LE(AF_INET, 0);
  address.set(destination, 4);
  return address;
}

/** struct sockaddr_in6, ipv6(7). Only a link-local address (RFC 4291, section 2.5.6) needs the interface. */
function address6(destination: Buffer, interfaceIndex: number): Buffer {
  const address = Buffer.alloc(28);
  address.writeUInt16LE(AF_INET6, 0);
  address.set(destination, 8);
  const isLinkLocal = (destination.readUInt16BE(0) & 0xffc0) === 0xfe80;
  if (isLinkLocal) address.writeUInt32LE(interfaceIndex, 24);
  return address;
}
