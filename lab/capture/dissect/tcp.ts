import { uint8, uint16, uint32 } from './bytes.ts';
import type { ChecksumStatus } from './checksum.ts';
import type { Dissection } from './dissection.ts';
import type { TcpOption } from './tcp-option.ts';
import { decodeTcpOptions } from './tcp-option.ts';

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

const TCP_HEADER_BYTES = 20;
const NO_OPTIONS: readonly TcpOption[] = Object.freeze([]);

/** All that there can be, so that no packet needs one of its own. */
const flagsOf: readonly TcpFlags[] = Array.from({ length: 512 }, (_, bits) =>
  Object.freeze({
    ae: (bits & 0x100) !== 0,
    cwr: (bits & 0x80) !== 0,
    ece: (bits & 0x40) !== 0,
    urg: (bits & 0x20) !== 0,
    ack: (bits & 0x10) !== 0,
    psh: (bits & 0x08) !== 0,
    rst: (bits & 0x04) !== 0,
    syn: (bits & 0x02) !== 0,
    fin: (bits & 0x01) !== 0,
  }),
);

/** Takes the TCP header off. */
export function decodeTcp(dissection: Dissection): void {
  if (!dissection.has(TCP_HEADER_BYTES, 'The TCP header')) return;
  const { bytes, start, end } = dissection;
  const control = uint16(bytes, start + 12);
  const headerLength = (control >>> 12) * 4;
  const checksum = uint16(bytes, start + 16);
  dissection.packet.tcp = {
    sourcePort: uint16(bytes, start),
    destinationPort: uint16(bytes, start + 2),
    sequenceNumber: uint32(bytes, start + 4),
    acknowledgmentNumber: uint32(bytes, start + 8),
    headerLength,
    reserved: (control >>> 9) & 0x07,
    flags: flagsOf[control & 0x1ff] as TcpFlags,
    window: uint16(bytes, start + 14),
    checksum,
    checksumStatus: dissection.checksumStatus(checksum, end - start),
    urgentPointer: uint16(bytes, start + 18),
    options:
      headerLength > TCP_HEADER_BYTES
        ? decodeTcpOptions(dissection, start + TCP_HEADER_BYTES, start + headerLength)
        : NO_OPTIONS,
  };
  if (headerLength < TCP_HEADER_BYTES) {
    dissection.note(`The TCP data offset is ${uint8(bytes, start + 12) >>> 4}, less than 5`);
    dissection.start += TCP_HEADER_BYTES;
  } else if (dissection.has(headerLength, 'The TCP header with its options')) {
    dissection.start += headerLength;
  } else {
    dissection.start = Math.min(start + headerLength, end);
  }
}
