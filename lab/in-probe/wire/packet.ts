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
  /** The kernel's number of the packet, for the verdict; undefined for a copy, which the kernel does not know. */
  readonly id: number | undefined;
  /** From the IP header on. */
  readonly bytes: Buffer;
  readonly headers: Headers;
  /** Of the payload of a datagram over IPv6. */
  readonly digest: number | undefined;
  /** The lengths of its packets on the line, in bytes: usually one. */
  readonly onLine: readonly number[];
  /** The later fragments of a datagram that arrived in fragments. */
  readonly rest: readonly WirePacket[];
  /** When the wire received it: nanoseconds on the wire's own clock. */
  readonly arrivedNs: number;
  /** When it arrived, by the real-time clock, in nanoseconds: another time for each packet, the same for its copies. */
  readonly arrivedAtNs: bigint;
  /** Whether its bytes differ from those that the kernel has. */
  readonly isChanged: boolean;
  /** Whether only its beginning is known (see {@link QueuedPacket}): then it cannot be changed or copied. */
  readonly isCut: boolean;
  readonly interfaceIndex: number;
}

/** For most packets: created once, not for each of them. */
const NONE: readonly WirePacket[] = [];

/**
 * Copies the bytes: the queue reuses its buffer.
 *
 * @param mtuOf the MTU of an interface, by its index
 * @returns undefined if it is not an IP packet
 */
export function wirePacket(
  queued: QueuedPacket,
  arrived: Pick<WirePacket, 'arrivedNs' | 'arrivedAtNs'>,
  mtuOf: (interfaceIndex: number) => number | undefined,
): WirePacket | undefined {
  const bytes = Buffer.from(queued.bytes);
  const headers = headersOf(bytes);
  if (headers === undefined) return undefined;
  const { queue, id, isCut, interfaceIndex } = queued;
  const digest = digestOfDatagram(bytes, headers);
  const onLine = lengthsOnLine(headers, () => mtuOf(interfaceIndex));
  const whole = { queue, id, bytes, headers, digest, onLine, rest: NONE };
  return { ...whole, ...arrived, isChanged: false, isCut, interfaceIndex };
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

/** The identity of the packet as it was sent, also if it was corrupted since, so that a timeline finds it at both ends. */
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
