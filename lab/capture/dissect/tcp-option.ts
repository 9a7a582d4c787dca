import type { SackBlock, TcpOption } from '../../model/packet.ts';
import { hex, uint8, uint16, uint32 } from './bytes.ts';
import type { Cursor } from './cursor.ts';

/** Numbers of the registry "TCP Option Kind Numbers" (RFC 9293, section 3.1; RFC 7323; RFC 2018). */
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
const MAXIMUM_SEGMENT_SIZE = 2;
const WINDOW_SCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;
const TIMESTAMPS = 8;
const knownKinds = new Set([MAXIMUM_SEGMENT_SIZE, WINDOW_SCALE, SACK_PERMITTED, SACK, TIMESTAMPS]);

/** Decodes the options between two offsets; stops with a note at one of an impossible length. */
export function decodeTcpOptions(cursor: Cursor, start: number, headerEnd: number): TcpOption[] {
  const { bytes } = cursor;
  const end = Math.min(headerEnd, cursor.end, bytes.length);
  const options: TcpOption[] = [];
  let offset = start;
  while (offset < end) {
    const kind = uint8(bytes, offset);
    if (kind === END_OF_OPTIONS) break;
    if (kind === NO_OPERATION) {
      offset += 1;
      continue;
    }
    const length = offset + 1 < end ? uint8(bytes, offset + 1) : 0;
    if (length < 2 || offset + length > end) {
      const room = end - offset;
      cursor.note({ part: 'tcp-option', problem: 'option-too-long', type: kind, length, room });
      break;
    }
    const option = tcpOption(bytes, offset, length);
    if (option.kind === 'unknown' && knownKinds.has(kind)) {
      cursor.note({ part: 'tcp-option', problem: 'wrong-option-length', type: kind, length });
    }
    options.push(option);
    offset += length;
  }
  return options;
}

function tcpOption(bytes: Uint8Array, offset: number, length: number): TcpOption {
  const kind = uint8(bytes, offset);
  if (kind === TIMESTAMPS && length === 10) {
    const value = uint32(bytes, offset + 2);
    return { kind: 'timestamps', value, echoReply: uint32(bytes, offset + 6) };
  }
  if (kind === SACK && length >= 10 && length % 8 === 2) {
    return { kind: 'sack', blocks: sackBlocks(bytes, offset + 2, offset + length) };
  }
  if (kind === MAXIMUM_SEGMENT_SIZE && length === 4) {
    return { kind: 'maximum-segment-size', bytes: uint16(bytes, offset + 2) };
  }
  if (kind === WINDOW_SCALE && length === 3) {
    return { kind: 'window-scale', shift: uint8(bytes, offset + 2) };
  }
  if (kind === SACK_PERMITTED && length === 2) return { kind: 'sack-permitted' };
  return { kind: 'unknown', number: kind, data: hex(bytes, offset + 2, offset + length) };
}

function sackBlocks(bytes: Uint8Array, start: number, end: number): SackBlock[] {
  const blocks: SackBlock[] = [];
  for (let offset = start; offset < end; offset += 8) {
    blocks.push({ left: uint32(bytes, offset), right: uint32(bytes, offset + 4) });
  }
  return blocks;
}
