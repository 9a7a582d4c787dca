import { addressText } from '../../model/address.ts';
import { digestOf } from '../../model/digest.ts';
import type { PacketIdentity } from '../../model/event.ts';
import { type Headers, headersOf, ICMP, ICMPV6, TCP, UDP } from './headers.ts';
import { lengthsOnLine } from './on-line.ts';
import type { QueuedPacket } from './queue-protocol.ts';

/** A packet on the wire, or a copy of one. */
export interface WirePacket {
  /** The queue that it is in. */
  readonly queue: number;
  /** The kernel's number of it, with which its fate is told; undefined for a copy, which the kernel does not know. */
  readonly id: number | undefined;
  /** From the IP header on. */
  readonly bytes: Buffer;
  readonly headers: Headers;
  /** Of a datagram over IPv6, of what was sent in it. */
  readonly digest: number | undefined;
  /** The packets that it is on the line, the length of each in bytes: most are one. */
  readonly onLine: readonly number[];
  /** Of a datagram that came as fragments: the later ones. Most have none. */
  readonly rest: readonly WirePacket[];
  /** When the wire got it: nanoseconds on the wire's own clock. */
  readonly arrivedNs: number;
  /** Its bytes are no longer those that the kernel has. */
  readonly isChanged: boolean;
  /** Only its beginning is here (see {@link QueuedPacket}): it cannot be changed or copied. */
  readonly isCut: boolean;
  readonly interfaceIndex: number;
}

/** Most packets: made once, not for each of them. */
const NONE: readonly WirePacket[] = [];

/**
 * @param mtuOf of an interface, by its index
 * @returns undefined for what is no IP packet. Copies the bytes: the queue's buffer is used again.
 */
export function wirePacket(
  queued: QueuedPacket,
  arrivedNs: number,
  mtuOf: (interfaceIndex: number) => number | undefined,
): WirePacket | undefined {
  const bytes = Buffer.from(queued.bytes);
  const headers = headersOf(bytes);
  if (headers === undefined) return undefined;
  const { queue, id, isCut, interfaceIndex } = queued;
  const digest = digestOfDatagram(bytes, headers);
  const onLine = lengthsOnLine(headers, () => mtuOf(interfaceIndex));
  const whole = { queue, id, bytes, headers, digest, onLine, rest: NONE };
  return { ...whole, arrivedNs, isChanged: false, isCut, interfaceIndex };
}

function digestOfDatagram(bytes: Buffer, headers: Headers): number | undefined {
  const { version, protocol, isFragment, payloadAt, end } = headers;
  if (version === 4 || protocol !== UDP || isFragment) return undefined;
  return digestOf(bytes.subarray(payloadAt, end));
}

const names: Readonly<Record<number, PacketIdentity['protocol']>> = {
  [ICMP]: 'icmp',
  [TCP]: 'tcp',
  [UDP]: 'udp',
  [ICMPV6]: 'icmpv6',
};

/** How a timeline names the packet, so that it is found at both ends: by what was sent, also where damage has been done. */
export function identityOf({ bytes, headers, digest }: WirePacket): PacketIdentity {
  const { version, sourceAt, protocol, end, fromPort, toPort, tcpSequence } = headers;
  const size = version === 4 ? 4 : 16;
  const hasPorts = fromPort !== undefined && toPort !== undefined;
  return {
    from: addressText(bytes.subarray(sourceAt, sourceAt + size)),
    to: addressText(bytes.subarray(sourceAt + size, sourceAt + 2 * size)),
    protocol: names[protocol] ?? 'other',
    ...(hasPorts && { fromPort, toPort }),
    ipId: version === 4 ? bytes.readUInt16BE(4) : bytes.readUInt32BE(0) & 0xfffff,
    ...(tcpSequence !== undefined && { tcpSequence }),
    ...(digest !== undefined && { digest }),
    length: end,
  };
}
