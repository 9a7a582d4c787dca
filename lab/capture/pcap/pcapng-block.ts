/** Blocks and options, of which a pcapng file is made (draft-ietf-opsawg-pcapng, sections 3.1 and 3.5); little-endian. */

/** Block types (sections 4.1 to 4.3). */
export const SECTION_BLOCK = 0x0a0d0d0a;
export const INTERFACE_BLOCK = 1;
export const ENHANCED_PACKET_BLOCK = 6;
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Option codes (sections 3.5, 4.2 and 4.3). */
export const OPTION_COMMENT = 1;
export const OPTION_IF_NAME = 2;
export const OPTION_IF_TSRESOL = 9;
export const OPTION_EPB_FLAGS = 2;

/** Type, length, and the length again at the end. */
export const BLOCK_FRAME_BYTES = 12;
export const OPTION_HEADER_BYTES = 4;
/** An option's length is a number of 16 bits, and its value is padded within the same limit. */
const MAX_TEXT_BYTES = 65_532;

/** A block around a body, which must be a multiple of 4 bytes. */
export function block(type: number, body: readonly Uint8Array[]): Buffer {
  const length = body.reduce((sum, part) => sum + part.length, BLOCK_FRAME_BYTES);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, ...body, head.subarray(4)]);
}

/** An option; code 0, with no value, ends the options of a block. */
export function option(code: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(OPTION_HEADER_BYTES);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, padded(value)]);
}

/** Zeros up to a multiple of 4 bytes. */
export function padded(value: Uint8Array): Buffer {
  return Buffer.concat([value], paddedLength(value.length));
}

export function paddedLength(length: number): number {
  return (length + 3) & ~3;
}

/** The value of an option that is text: UTF-8, cut between characters where it is too long. */
export function text(value: string): Uint8Array {
  const room = new Uint8Array(MAX_TEXT_BYTES);
  const { written } = new TextEncoder().encodeInto(value, room);
  return room.subarray(0, written);
}
