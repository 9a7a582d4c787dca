import { colonHex } from './address.ts';
import { uint8, uint16, uint32 } from './bytes.ts';
import type { Dissection } from './dissection.ts';

/** What a capture on all interfaces begins a packet with (LINKTYPE_LINUX_SLL2, see packet(7) for the fields). */
export interface LinuxCooked {
  /** An EtherType. */
  readonly protocol: number;
  readonly interfaceIndex: number;
  /** An ARPHRD_ number: 1 is Ethernet, 772 is loopback. */
  readonly hardwareType: number;
  /** To whom the packet was, as the capturing kernel saw it. */
  readonly packetType: 'host' | 'broadcast' | 'multicast' | 'other-host' | 'outgoing' | 'unknown';
  /** The sender's link-layer address. */
  readonly address: string;
}

const SLL2_HEADER_BYTES = 20;
/** The room for the address; a longer one is cut. */
const ADDRESS_BYTES = 8;
/** PACKET_HOST (0) to PACKET_OUTGOING (4), linux/if_packet.h. */
const packetTypes = ['host', 'broadcast', 'multicast', 'other-host', 'outgoing'] as const;

/** Takes the Linux cooked header off; gives the EtherType. */
export function decodeLinuxCooked(dissection: Dissection): number | undefined {
  if (!dissection.has(SLL2_HEADER_BYTES, 'The Linux cooked header')) return undefined;
  const { bytes, start } = dissection;
  const protocol = uint16(bytes, start);
  dissection.packet.linuxCooked = {
    protocol,
    interfaceIndex: uint32(bytes, start + 4),
    hardwareType: uint16(bytes, start + 8),
    packetType: packetTypes[uint8(bytes, start + 10)] ?? 'unknown',
    address: colonHex(bytes, start + 12, Math.min(ADDRESS_BYTES, uint8(bytes, start + 11))),
  };
  dissection.start += SLL2_HEADER_BYTES;
  return protocol;
}
