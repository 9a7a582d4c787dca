import type { Tcp, TcpFlags, TcpOption } from '../../model/packet.ts';
import { uint16, uint32 } from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { decodeTcpOptions } from './tcp-option.ts';

const TCP_HEADER_BYTES = 20;
const NO_OPTIONS: readonly TcpOption[] = Object.freeze([]);

/** Every combination, made once for all packets. */
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

/** Decodes the TCP header. */
export function decodeTcp(cursor: Cursor): Tcp | undefined {
  if (!cursor.has(TCP_HEADER_BYTES, 'tcp')) return undefined;
  const { bytes, start, end } = cursor;
  const control = uint16(bytes, start + 12);
  const headerLength = (control >>> 12) * 4;
  const checksum = uint16(bytes, start + 16);
  const tcp = {
    sourcePort: uint16(bytes, start),
    destinationPort: uint16(bytes, start + 2),
    sequenceNumber: uint32(bytes, start + 4),
    acknowledgmentNumber: uint32(bytes, start + 8),
    headerLength,
    reserved: (control >>> 9) & 0x07,
    flags: flagsOf[control & 0x1ff] as TcpFlags,
    window: uint16(bytes, start + 14),
    checksum,
    checksumStatus: cursor.checksumStatus(checksum, end - start),
    urgentPointer: uint16(bytes, start + 18),
    options:
      headerLength > TCP_HEADER_BYTES
        ? decodeTcpOptions(cursor, start + TCP_HEADER_BYTES, start + headerLength)
        : NO_OPTIONS,
  };
  if (headerLength < TCP_HEADER_BYTES) {
    cursor.note({
      part: 'tcp',
      problem: 'too-short',
      length: headerLength,
      least: TCP_HEADER_BYTES,
    });
    cursor.start += TCP_HEADER_BYTES;
  } else if (cursor.has(headerLength, 'tcp')) {
    cursor.start += headerLength;
  } else {
    cursor.start = Math.min(start + headerLength, end);
  }
  return tcp;
}
