/** The headers of TCP and UDP. */
import type { ChecksumStatus } from './checksum-status.ts';

/** The header of a TCP segment (RFC 9293, section 3.1). */
export interface Tcp {
  /** The port of the sender. */
  readonly sourcePort: number;
  /** The port of the receiver. */
  readonly destinationPort: number;
  /** Of its first byte, or of SYN: as sent, not counted from 0. */
  readonly sequenceNumber: number;
  /** The next byte that is expected, where ACK is set: as sent. */
  readonly acknowledgmentNumber: number;
  /** The data offset, in bytes. */
  readonly headerLength: number;
  /** The three bits between the data offset and the flags, as a number. */
  readonly reserved: number;
  /** The control bits. */
  readonly flags: TcpFlags;
  /** As in the header: not scaled. */
  readonly window: number;
  /** As in the header. */
  readonly checksum: number;
  /** Whether that is right. */
  readonly checksumStatus: ChecksumStatus;
  /** Where urgent data ends, where URG is set. */
  readonly urgentPointer: number;
  /** In the order of the header, without the padding (kinds 0 and 1). */
  readonly options: readonly TcpOption[];
}

/** The control bits (RFC 9293, section 3.1; `ae` is of RFC 9768, and was NS before). */
export interface TcpFlags {
  /** Accurate ECN. */
  readonly ae: boolean;
  /** Congestion window reduced. */
  readonly cwr: boolean;
  /** ECN echo. */
  readonly ece: boolean;
  /** Urgent data. */
  readonly urg: boolean;
  /** The acknowledgment number counts. */
  readonly ack: boolean;
  /** Push: to be handed to the program. */
  readonly psh: boolean;
  /** Reset. */
  readonly rst: boolean;
  /** Synchronize: opens a connection. */
  readonly syn: boolean;
  /** Finish: the sender sends nothing more. */
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
  /** The first of them. */
  readonly left: number;
  /** The one behind the last. */
  readonly right: number;
}

/** The header of a UDP datagram (RFC 768). */
export interface Udp {
  /** The port of the sender. */
  readonly sourcePort: number;
  /** The port of the receiver. */
  readonly destinationPort: number;
  /** In bytes, with the header of 8. */
  readonly length: number;
  /** As in the header. */
  readonly checksum: number;
  /** Whether that is right. */
  readonly checksumStatus: ChecksumStatus;
}
