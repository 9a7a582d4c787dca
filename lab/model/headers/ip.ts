/** The headers of IPv4 and IPv6. */
import type { ChecksumStatus } from './checksum-status.ts';

/** The header of an IPv4 packet (RFC 791, section 3.1). */
export interface Ipv4 {
  /** The address that it comes from. */
  readonly source: string;
  /** The address that it goes to. */
  readonly destination: string;
  /** In bytes, with the options. */
  readonly headerLength: number;
  /** RFC 2474, section 3. */
  readonly dscp: number;
  /** RFC 3168, section 5: 0 not ECN-capable, 1 and 2 capable, 3 congestion experienced. */
  readonly ecn: number;
  /** In bytes, with the header. */
  readonly totalLength: number;
  /** The same for all fragments of one packet. */
  readonly identification: number;
  /** Must be 0. */
  readonly reservedFlag: boolean;
  /** DF: no router may fragment it. */
  readonly dontFragment: boolean;
  /** MF: it is a fragment, and not the last one. */
  readonly moreFragments: boolean;
  /** In bytes from the start of the datagram's payload. */
  readonly fragmentOffset: number;
  /** How many more routers may forward it. */
  readonly timeToLive: number;
  /** The protocol of the payload: 1 ICMP, 6 TCP, 17 UDP. */
  readonly protocol: number;
  /** As in the header. */
  readonly headerChecksum: number;
  /** Whether that is right. */
  readonly headerChecksumStatus: ChecksumStatus;
  /** Without the padding (types 0 and 1). */
  readonly options: readonly Ipv4Option[];
}

/** An option of the IPv4 header; its data in hexadecimal. */
export interface Ipv4Option {
  /** Its number. */
  readonly type: number;
  /** In hexadecimal. */
  readonly data: string;
}

/** The header of an IPv6 packet (RFC 8200, section 3), and its extension headers. */
export interface Ipv6 {
  /** The address that it comes from. */
  readonly source: string;
  /** The address that it goes to. */
  readonly destination: string;
  /** RFC 2474, section 3. */
  readonly dscp: number;
  /** RFC 3168, section 5: 0 not ECN-capable, 1 and 2 capable, 3 congestion experienced. */
  readonly ecn: number;
  /** The same for all packets of one flow (RFC 6437). */
  readonly flowLabel: number;
  /** In bytes, with the extension headers, without this one of 40. */
  readonly payloadLength: number;
  /** What follows: an extension header, or the protocol of the payload. */
  readonly nextHeader: number;
  /** How many more routers may forward it. */
  readonly hopLimit: number;
  /** In their order. */
  readonly extensionHeaders: readonly Ipv6ExtensionHeader[];
  /** The protocol after the extension headers: 6 TCP, 17 UDP, 58 ICMPv6. */
  readonly protocol: number;
}

/** An extension header of an IPv6 packet (RFC 8200, section 4). */
export type Ipv6ExtensionHeader =
  | {
      /** Which one it is. */
      readonly kind: 'hop-by-hop' | 'destination';
      /** In bytes. */
      readonly length: number;
      /** Without the padding (types 0 and 1). */
      readonly options: readonly Ipv6Option[];
    }
  | {
      readonly kind: 'routing';
      readonly length: number;
      readonly routingType: number;
      readonly segmentsLeft: number;
    }
  | {
      /** Which one it is. */
      readonly kind: 'fragment';
      /** In bytes. */
      readonly length: number;
      /** In bytes from the start of what is fragmented. */
      readonly fragmentOffset: number;
      /** It is not the last one. */
      readonly moreFragments: boolean;
      /** The same for all fragments of one packet. */
      readonly identification: number;
    };

/** An option of such a header (RFC 8200, section 4.2); its data in hexadecimal. */
export interface Ipv6Option {
  /** Its number. */
  readonly type: number;
  /** In hexadecimal. */
  readonly data: string;
}
