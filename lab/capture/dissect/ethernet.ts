import type { Ethernet } from '../../model/packet.ts';
import { macAddress } from './address.ts';
import { uint16 } from './bytes.ts';
import type { Cursor } from './cursor.ts';

const ETHERNET_HEADER_BYTES = 14;

/** Numbers of the IEEE registry (RFC 9542, appendix B). */
export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_ARP = 0x0806;
export const ETHERTYPE_VLAN = 0x8100;
export const ETHERTYPE_SERVICE_VLAN = 0x88a8;
export const ETHERTYPE_IPV6 = 0x86dd;

/** Decodes the Ethernet header. */
export function decodeEthernet(cursor: Cursor): Ethernet | undefined {
  if (!cursor.has(ETHERNET_HEADER_BYTES, 'ethernet')) return undefined;
  const { bytes, start } = cursor;
  cursor.start += ETHERNET_HEADER_BYTES;
  return {
    destination: macAddress(bytes, start),
    source: macAddress(bytes, start + 6),
    etherType: uint16(bytes, start + 12),
  };
}
