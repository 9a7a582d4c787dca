import type { LinuxCooked } from '../../model/packet.ts';
import { colonHex } from './address.ts';
import { uint8, uint16, uint32 } from './bytes.ts';
import type { Cursor } from './cursor.ts';

const SLL2_HEADER_BYTES = 20;
/** The room for the address; a longer one is cut. */
const ADDRESS_BYTES = 8;
/** PACKET_HOST (0) to PACKET_OUTGOING (4), linux/if_packet.h. */
const packetTypes = ['host', 'broadcast', 'multicast', 'other-host', 'outgoing'] as const;

/** Decodes the Linux cooked header. */
export function decodeLinuxCooked(cursor: Cursor): LinuxCooked | undefined {
  if (!cursor.has(SLL2_HEADER_BYTES, 'linux-cooked')) return undefined;
  const { bytes, start } = cursor;
  cursor.start += SLL2_HEADER_BYTES;
  return {
    protocol: uint16(bytes, start),
    interfaceIndex: uint32(bytes, start + 4),
    hardwareType: uint16(bytes, start + 8),
    packetType: packetTypes[uint8(bytes, start + 10)] ?? 'unknown',
    address: colonHex(bytes, start + 12, Math.min(ADDRESS_BYTES, uint8(bytes, start + 11))),
  };
}
