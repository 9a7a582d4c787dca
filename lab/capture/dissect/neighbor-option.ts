import type { NeighborOption } from '../../model/packet.ts';
import { colonHex, ipv6Address } from './address.ts';
import { hex, uint8, uint32 } from './bytes.ts';
import type { Cursor } from './cursor.ts';

const SOURCE_LINK_LAYER_ADDRESS = 1;
const TARGET_LINK_LAYER_ADDRESS = 2;
const PREFIX_INFORMATION = 3;
const MTU = 5;
/** Those whose length does not depend on the link layer. */
const fixedLengths = new Set([PREFIX_INFORMATION, MTU]);
/** RFC 4861, section 4.6: lengths are in units of 8 bytes. */
const UNIT_BYTES = 8;
const MAX_OPTIONS = 32;

/** Decodes the options, up to the end of the message. */
export function decodeNeighborOptions(cursor: Cursor): NeighborOption[] {
  const { bytes } = cursor;
  const end = Math.min(cursor.end, bytes.length);
  const options: NeighborOption[] = [];
  while (cursor.start < end && options.length < MAX_OPTIONS) {
    if (!cursor.has(2, 'neighbor-option')) break;
    const length = uint8(bytes, cursor.start + 1) * UNIT_BYTES;
    if (length === 0) {
      cursor.note({ part: 'neighbor-option', problem: 'too-short', length, least: UNIT_BYTES });
      break;
    }
    if (!cursor.has(length, 'neighbor-option')) break;
    const option = neighborOption(bytes, cursor.start, length);
    if (option.kind === 'unknown' && fixedLengths.has(option.type)) {
      cursor.note({
        part: 'neighbor-option',
        problem: 'wrong-option-length',
        type: option.type,
        length,
      });
    }
    options.push(option);
    cursor.start += length;
  }
  return options;
}

function neighborOption(bytes: Uint8Array, start: number, length: number): NeighborOption {
  const type = uint8(bytes, start);
  if (type === SOURCE_LINK_LAYER_ADDRESS && length === 8) {
    return { kind: 'source-link-layer-address', address: colonHex(bytes, start + 2, 6) };
  }
  if (type === TARGET_LINK_LAYER_ADDRESS && length === 8) {
    return { kind: 'target-link-layer-address', address: colonHex(bytes, start + 2, 6) };
  }
  if (type === PREFIX_INFORMATION && length === 32) return prefixInformation(bytes, start);
  if (type === MTU && length === 8) return { kind: 'mtu', mtu: uint32(bytes, start + 4) };
  return { kind: 'unknown', type, data: hex(bytes, start + 2, start + length) };
}

function prefixInformation(bytes: Uint8Array, start: number): NeighborOption {
  return {
    kind: 'prefix-information',
    prefixLength: uint8(bytes, start + 2),
    onLink: (uint8(bytes, start + 3) & 0x80) !== 0,
    autonomous: (uint8(bytes, start + 3) & 0x40) !== 0,
    validLifetimeSeconds: uint32(bytes, start + 4),
    preferredLifetimeSeconds: uint32(bytes, start + 8),
    prefix: ipv6Address(bytes, start + 16),
  };
}
