/**
 * A captured packet, decoded. It is plain data: `JSON.parse(JSON.stringify(packet))` is the same packet, so that a
 * recording and a live capture are read by the same code.
 *
 *   pcap stream ──PcapReader──▶ record ──decodePacket──▶ Packet ──describePacket──▶ a line for a person
 *                                                           └─────PcapngWriter───▶ a file for Wireshark
 */
import type { Icmp, Icmpv6 } from './headers/icmp.ts';
import type { Ipv4, Ipv6 } from './headers/ip.ts';
import type { Arp, Ethernet, LinkType, LinuxCooked, VlanTag } from './headers/link.ts';
import type { Tcp, Udp } from './headers/transport.ts';
import type { PacketNote } from './packet-note.ts';

export type * from './headers/checksum-status.ts';
export type * from './headers/icmp.ts';
export type * from './headers/ip.ts';
export type * from './headers/link.ts';
export type * from './headers/transport.ts';
export type * from './packet-note.ts';

/** A packet as it was captured. A header that was not there, or not whole, is missing; `notes` says so where that is odd. */
export interface Packet {
  /** The link layer with which `bytes` begin. */
  readonly linkType: LinkType;
  /** Bytes on the wire, from the link-layer header on. */
  readonly length: number;
  /** Bytes captured: fewer than `length` where the capture cut the packet. */
  readonly capturedLength: number;
  /** The captured bytes in base64. */
  readonly bytes: string;
  /** What is malformed or cut short; none for a sound packet. */
  readonly notes: readonly PacketNote[];
  /** The header of the frame. */
  readonly ethernet?: Ethernet;
  /** The pseudo-header of a capture on any interface, in place of the frame's. */
  readonly linuxCooked?: LinuxCooked;
  /** From the outermost tag to the innermost. */
  readonly vlan?: readonly VlanTag[];
  /** An ARP message. */
  readonly arp?: Arp;
  /** The IPv4 header. */
  readonly ipv4?: Ipv4;
  /** The IPv6 header. */
  readonly ipv6?: Ipv6;
  /** The ICMP message. */
  readonly icmp?: Icmp;
  /** The ICMPv6 message. */
  readonly icmpv6?: Icmpv6;
  /** The UDP header. */
  readonly udp?: Udp;
  /** The TCP header. */
  readonly tcp?: Tcp;
  /** Where the payload of the last decoded header begins in the captured bytes. */
  readonly payloadOffset: number;
  /** Its length in bytes as the headers give it, without the link's padding; not all of it need be captured. */
  readonly payloadLength: number;
}

/**
 * The captured bytes of a packet. It holds them as one string, which takes less memory than a `Buffer`: that costs an object, and
 * keeps the whole chunk alive that it was read from.
 */
export function packetBytes(packet: Packet): Uint8Array {
  return Buffer.from(packet.bytes, 'base64');
}

/** The captured payload of the last decoded header: for TCP and UDP, the application data. */
export function packetPayload(packet: Packet): Uint8Array {
  const { payloadOffset, payloadLength } = packet;
  return packetBytes(packet).subarray(payloadOffset, payloadOffset + payloadLength);
}
