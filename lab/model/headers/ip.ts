/** The headers of IPv4 and IPv6. */
import type { ChecksumStatus } from './checksum-status.ts';

/** The header of an IPv4 packet (RFC 791, section 3.1). */
export interface Ipv4 {
  readonly source: string;
  readonly destination: string;
  /** In bytes, with the options. */
  readonly headerLength: number;
  /** RFC 2474, section 3. */
  readonly dscp: number;
  /** RFC 3168, section 5: 0 not ECN-capable, 1 and 2 capable, 3 congestion experienced. */
  readonly ecn: number;
  /** In bytes, with the header. */
  readonly totalLength: number;
  readonly identification: number;
  readonly reservedFlag: boolean;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** In bytes from the start of the datagram's payload. */
  readonly fragmentOffset: number;
  readonly timeToLive: number;
  /** The protocol of the payload: 1 ICMP, 6 TCP, 17 UDP. */
  readonly protocol: number;
  readonly headerChecksum: number;
  readonly headerChecksumStatus: ChecksumStatus;
  /** Without the padding (types 0 and 1). */
  readonly options: readonly Ipv4Option[];
}

/** An option of the IPv4 header; its data in hexadecimal. */
export interface Ipv4Option {
  readonly type: number;
  readonly data: string;
}

/** The header of an IPv6 packet (RFC 8200, section 3), and its extension headers. */
export interface Ipv6 {
  readonly source: string;
  readonly destination: string;
  /** RFC 2474, section 3. */
  readonly dscp: number;
  /** RFC 3168, section 5: 0 not ECN-capable, 1 and 2 capable, 3 congestion experienced. */
  readonly ecn: number;
  readonly flowLabel: number;
  /** In bytes, with the extension headers, without this one of 40. */
  readonly payloadLength: number;
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly extensionHeaders: readonly Ipv6ExtensionHeader[];
  /** The protocol after the extension headers: 6 TCP, 17 UDP, 58 ICMPv6. */
  readonly protocol: number;
}

/** An extension header of an IPv6 packet (RFC 8200, section 4); `length` in bytes. */
export type Ipv6ExtensionHeader =
  | {
      readonly kind: 'hop-by-hop' | 'destination';
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
      readonly kind: 'fragment';
      readonly length: number;
      /** In bytes from the start of what is fragmented. */
      readonly fragmentOffset: number;
      readonly moreFragments: boolean;
      readonly identification: number;
    };

/** An option of such a header (RFC 8200, section 4.2); its data in hexadecimal. */
export interface Ipv6Option {
  readonly type: number;
  readonly data: string;
}
