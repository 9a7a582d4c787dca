/** The headers of TCP and UDP. */
import type { ChecksumStatus } from './checksum-status.ts';

/** The header of a TCP segment (RFC 9293, section 3.1). */
export interface Tcp {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequenceNumber: number;
  readonly acknowledgmentNumber: number;
  /** The data offset, in bytes. */
  readonly headerLength: number;
  /** The three bits between the data offset and the flags, as a number. */
  readonly reserved: number;
  readonly flags: TcpFlags;
  /** As in the header: not scaled. */
  readonly window: number;
  readonly checksum: number;
  readonly checksumStatus: ChecksumStatus;
  readonly urgentPointer: number;
  /** In the order of the header, without the padding (kinds 0 and 1). */
  readonly options: readonly TcpOption[];
}

/** The control bits (RFC 9293, section 3.1; `ae` is of RFC 9768, and was NS before). */
export interface TcpFlags {
  readonly ae: boolean;
  readonly cwr: boolean;
  readonly ece: boolean;
  readonly urg: boolean;
  readonly ack: boolean;
  readonly psh: boolean;
  readonly rst: boolean;
  readonly syn: boolean;
  readonly fin: boolean;
}

/** An option of the TCP header. One of another kind, or of a length that its kind does not have, is `unknown`. */
export type TcpOption =
  | { readonly kind: 'maximum-segment-size'; readonly bytes: number }
  | { readonly kind: 'window-scale'; readonly shift: number }
  | { readonly kind: 'sack-permitted' }
  | { readonly kind: 'sack'; readonly blocks: readonly SackBlock[] }
  | { readonly kind: 'timestamps'; readonly value: number; readonly echoReply: number }
  /** Its data in hexadecimal. */
  | { readonly kind: 'unknown'; readonly number: number; readonly data: string };

/** Data that has arrived: the sequence numbers from `left` to before `right` (RFC 2018, section 3). */
export interface SackBlock {
  readonly left: number;
  readonly right: number;
}

/** The header of a UDP datagram (RFC 768). */
export interface Udp {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** In bytes, with the header of 8. */
  readonly length: number;
  readonly checksum: number;
  readonly checksumStatus: ChecksumStatus;
}
