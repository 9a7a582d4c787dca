/** ICMP and ICMPv6 messages. */
import type { ChecksumStatus } from './checksum-status.ts';
import type { Ipv4, Ipv6 } from './ip.ts';

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

/** An ICMPv6 message (RFC 4443), with those of neighbor discovery (RFC 4861). */
export interface Icmpv6 {
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
  readonly checksumStatus: ChecksumStatus;
  /** Of an echo. */
  readonly identifier?: number;
  /** Of an echo. */
  readonly sequenceNumber?: number;
  /** Of "packet too big". */
  readonly mtu?: number;
  /** Of a parameter problem: the offset of the byte at fault. */
  readonly pointer?: number;
  /** Of a neighbor solicitation or advertisement, or of a redirect. */
  readonly targetAddress?: string;
  /** Of a redirect. */
  readonly destinationAddress?: string;
  /** Of a neighbor advertisement. */
  readonly router?: boolean;
  readonly solicited?: boolean;
  readonly override?: boolean;
  /** Of a router advertisement. */
  readonly currentHopLimit?: number;
  readonly managed?: boolean;
  readonly otherConfiguration?: boolean;
  readonly routerLifetimeSeconds?: number;
  readonly reachableTimeMs?: number;
  readonly retransTimerMs?: number;
  /** Of neighbor discovery. */
  readonly options?: readonly NeighborOption[];
  /** The start of the packet that an error is about. */
  readonly quoted?: QuotedPacket;
}

/** An option of a neighbor discovery message (RFC 4861, section 4.6). */
export type NeighborOption =
  | {
      readonly kind: 'source-link-layer-address' | 'target-link-layer-address';
      readonly address: string;
    }
  | {
      readonly kind: 'prefix-information';
      readonly prefix: string;
      readonly prefixLength: number;
      readonly onLink: boolean;
      readonly autonomous: boolean;
      readonly validLifetimeSeconds: number;
      readonly preferredLifetimeSeconds: number;
    }
  | { readonly kind: 'mtu'; readonly mtu: number }
  /** Its data in hexadecimal. */
  | { readonly kind: 'unknown'; readonly type: number; readonly data: string };

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
