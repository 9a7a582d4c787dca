/** Reads files that `PcapngWriter` wrote; files of other writers only as far as they are alike. */
import type { LinkType } from '../../model/packet.ts';
import { decodePacket } from '../dissect/decode.ts';
import { CaptureError } from './capture-error.ts';
import { linkTypeOf } from './link-type.ts';
import type { PcapngPacket } from './pcapng.ts';
import {
  BLOCK_FRAME_BYTES,
  BYTE_ORDER_MAGIC,
  ENHANCED_PACKET_BLOCK,
  INTERFACE_BLOCK,
  OPTION_COMMENT,
  OPTION_EPB_FLAGS,
  OPTION_HEADER_BYTES,
  OPTION_IF_NAME,
  paddedLength,
  SECTION_BLOCK,
} from './pcapng-block.ts';

interface Interface extends Pick<PcapngPacket, 'host' | 'interface'> {
  readonly linkType: LinkType;
}

const OUTBOUND = 2;
const DIRECTION_MASK = 0x03;

/** The packets of a file, in its order. @throws {CaptureError} if it is not such a file, or is cut short. */
export function* readPcapng(file: Uint8Array): Generator<PcapngPacket> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const interfaces: Interface[] = [];
  for (let start = 0; start < bytes.length; ) {
    const { type, body, length } = blockAt(bytes, start);
    if (start === 0) checkSection(type, body);
    if (type === INTERFACE_BLOCK) interfaces.push(interfaceOf(body));
    if (type === ENHANCED_PACKET_BLOCK) yield packetOf(body, interfaces);
    start += length;
  }
}

function blockAt(bytes: Buffer, start: number) {
  const rest = bytes.length - start;
  const length = rest < BLOCK_FRAME_BYTES ? BLOCK_FRAME_BYTES : bytes.readUInt32LE(start + 4);
  if (length < BLOCK_FRAME_BYTES || length % 4 !== 0 || length > rest) {
    throw new CaptureError(
      `Cannot read the pcapng file: the block at byte ${start} is ${length} bytes long, but ${rest} are left`,
    );
  }
  const body = bytes.subarray(start + 8, start + length - 4);
  return { type: bytes.readUInt32LE(start), body, length };
}

function checkSection(type: number, body: Buffer): void {
  if (type === SECTION_BLOCK && body.length >= 4 && body.readUInt32LE(0) === BYTE_ORDER_MAGIC) {
    return;
  }
  throw new CaptureError('Cannot read the file: it does not begin as a little-endian pcapng file');
}

function interfaceOf(body: Buffer): Interface {
  const number = body.length < 8 ? -1 : body.readUInt16LE(0);
  const linkType = linkTypeOf(number);
  if (linkType === undefined) {
    throw new CaptureError(`Cannot read the pcapng file: an interface has the link type ${number}`);
  }
  const [host = '', own] = (options(body, 8).get(OPTION_IF_NAME)?.toString('utf8') ?? '').split(
    ':',
  );
  return { host, ...(own !== undefined && { interface: own }), linkType };
}

function packetOf(body: Buffer, interfaces: readonly Interface[]): PcapngPacket {
  const from = body.length < 20 ? undefined : interfaces[body.readUInt32LE(0)];
  const capturedLength = from ? body.readUInt32LE(12) : 0;
  if (from === undefined || 20 + capturedLength > body.length) {
    throw new CaptureError(
      'Cannot read the pcapng file: a packet is cut short, or of no interface',
    );
  }
  const time = (BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8));
  const found = options(body, 20 + paddedLength(capturedLength));
  const flags = found.get(OPTION_EPB_FLAGS)?.at(0) ?? 0;
  const comment = found.get(OPTION_COMMENT)?.toString('utf8');
  const data = body.subarray(20, 20 + capturedLength);
  return {
    atNs: String(time),
    host: from.host,
    ...(from.interface !== undefined && { interface: from.interface }),
    direction: (flags & DIRECTION_MASK) === OUTBOUND ? 'out' : 'in',
    packet: decodePacket(data, from.linkType, body.readUInt32LE(16)),
    ...(comment !== undefined && { comment }),
  };
}

function options(body: Buffer, start: number): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  let offset = start;
  while (offset + OPTION_HEADER_BYTES <= body.length) {
    const code = body.readUInt16LE(offset);
    const valueStart = offset + OPTION_HEADER_BYTES;
    const valueEnd = valueStart + body.readUInt16LE(offset + 2);
    if (code === 0 || valueEnd > body.length) break;
    found.set(code, body.subarray(valueStart, valueEnd));
    offset = valueStart + paddedLength(valueEnd - valueStart);
  }
  return found;
}
