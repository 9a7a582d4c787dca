/** ICMP and ICMPv6 messages. */
import type { ChecksumStatus } from './checksum-status.ts';
import type { Ipv4, Ipv6 } from './ip.ts';
import type { Tcp, Udp } from './transport.ts';

/** An ICMP message (RFC 792). */
export interface Icmp {
  /** What it says; the list is that of IANA, "ICMP Parameters" or "ICMPv6 Parameters". */
  readonly type: number;
  /** The same more precisely. */
  readonly code: number;
  /** As in the message. */
  readonly checksum: number;
  /** Whether that is right. */
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
  /** What it says; the list is that of IANA, "ICMP Parameters" or "ICMPv6 Parameters". */
  readonly type: number;
  /** The same more precisely. */
  readonly code: number;
  /** As in the message. */
  readonly checksum: number;
  /** Whether that is right. */
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
  /** Of a neighbor advertisement: it answers a solicitation. */
  readonly solicited?: boolean;
  /** Of a neighbor advertisement: it replaces what is known. */
  readonly override?: boolean;
  /** Of a router advertisement. */
  readonly currentHopLimit?: number;
  /** Of a router advertisement: DHCPv6 has addresses. */
  readonly managed?: boolean;
  /** Of a router advertisement: DHCPv6 has other settings. */
  readonly otherConfiguration?: boolean;
  /** Of a router advertisement: how long it is a default router; 0: it is none. */
  readonly routerLifetimeSeconds?: number;
  /** Of a router advertisement: how long a neighbor counts as reachable. */
  readonly reachableTimeMs?: number;
  /** Of a router advertisement: the time between two solicitations. */
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
  /** Where it is of IPv4. */
  readonly ipv4?: Ipv4;
  /** Where it is of IPv6. */
  readonly ipv6?: Ipv6;
  /** The header of a datagram. */
  readonly udp?: Omit<Udp, 'checksumStatus'>;
  /** The beginning of the header of a segment. */
  readonly tcp?: Pick<Tcp, 'sourcePort' | 'destinationPort' | 'sequenceNumber'>;
  /** The beginning of a message. */
  readonly icmp?: QuotedIcmp;
  /** The beginning of a message. */
  readonly icmpv6?: QuotedIcmp;
}

/** The beginning of an ICMP message. The identifier and the sequence number are those of an echo, and mean nothing in other messages. */
export interface QuotedIcmp {
  /** What it says; the list is that of IANA, "ICMP Parameters" or "ICMPv6 Parameters". */
  readonly type: number;
  /** The same more precisely. */
  readonly code: number;
  /** Of an echo. */
  readonly identifier: number;
  /** Of an echo. */
  readonly sequenceNumber: number;
}
