import { macAddress } from './address.ts';
import { uint16 } from './bytes.ts';
import type { Dissection } from './dissection.ts';

/** The header of an Ethernet frame (IEEE 802.3, clause 3). */
export interface Ethernet {
  readonly destination: string;
  readonly source: string;
  /** What the frame carries; below 1536 it is the length of an IEEE 802.3 frame instead, whose content is not decoded. */
  readonly etherType: number;
}

export const ETHERNET_HEADER_BYTES = 14;

/** Numbers of the IEEE registry (RFC 9542, appendix B). */
export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_ARP = 0x0806;
export const ETHERTYPE_VLAN = 0x8100;
export const ETHERTYPE_SERVICE_VLAN = 0x88a8;
export const ETHERTYPE_IPV6 = 0x86dd;

/** Takes the Ethernet header off; gives the EtherType. */
export function decodeEthernet(dissection: Dissection): number | undefined {
  if (!dissection.has(ETHERNET_HEADER_BYTES, 'The Ethernet header')) return undefined;
  const { bytes, start } = dissection;
  const etherType = uint16(bytes, start + 12);
  dissection.packet.ethernet = {
    destination: macAddress(bytes, start),
    source: macAddress(bytes, start + 6),
    etherType,
  };
  dissection.start += ETHERNET_HEADER_BYTES;
  return etherType;
}
