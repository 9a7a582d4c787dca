/**
 * A captured packet, decoded. It is plain data: `JSON.parse(JSON.stringify(packet))` is the same packet, so that a
 * recording and a live capture are read by the same code.
 *
 *   pcap stream ──PcapReader──▶ record ──decodePacket──▶ Packet ──describePacket──▶ a line for a person
 *                                                           └─────PcapngWriter───▶ a file for Wireshark
 */
import type { Arp } from '../capture/dissect/arp.ts';
import type { Ethernet } from '../capture/dissect/ethernet.ts';
import type { Icmp } from '../capture/dissect/icmp.ts';
import type { Icmpv6 } from '../capture/dissect/icmpv6.ts';
import type { Ipv4 } from '../capture/dissect/ipv4.ts';
import type { Ipv6 } from '../capture/dissect/ipv6.ts';
import type { LinkType } from '../capture/dissect/link-type.ts';
import type { LinuxCooked } from '../capture/dissect/linux-cooked.ts';
import type { Tcp } from '../capture/dissect/tcp.ts';
import type { Udp } from '../capture/dissect/udp.ts';
import type { VlanTag } from '../capture/dissect/vlan.ts';

export type { Arp } from '../capture/dissect/arp.ts';
export type { ChecksumStatus } from '../capture/dissect/checksum.ts';
export type { Ethernet } from '../capture/dissect/ethernet.ts';
export type { Icmp } from '../capture/dissect/icmp.ts';
export type { Icmpv6 } from '../capture/dissect/icmpv6.ts';
export type { Ipv4, Ipv4Option } from '../capture/dissect/ipv4.ts';
export type { Ipv6 } from '../capture/dissect/ipv6.ts';
export type { Ipv6ExtensionHeader, Ipv6Option } from '../capture/dissect/ipv6-extension.ts';
export type { LinkType } from '../capture/dissect/link-type.ts';
export type { LinuxCooked } from '../capture/dissect/linux-cooked.ts';
export type { NeighborOption } from '../capture/dissect/neighbor-option.ts';
export type { QuotedPacket } from '../capture/dissect/quoted.ts';
export type { Tcp, TcpFlags } from '../capture/dissect/tcp.ts';
export type { SackBlock, TcpOption } from '../capture/dissect/tcp-option.ts';
export type { Udp } from '../capture/dissect/udp.ts';
export type { VlanTag } from '../capture/dissect/vlan.ts';

/** A packet as it was captured. A header that was not there, or not whole, has no field; `notes` says so if that is odd. */
export interface Packet {
  /** What `bytes` begin with. */
  readonly linkType: LinkType;
  /** Bytes on the wire, from the link-layer header on. */
  readonly length: number;
  /** Bytes captured: fewer than `length` where the capture cut the packet. */
  readonly capturedLength: number;
  /**
   * The captured bytes in base64. One flat string takes less memory than a `Buffer` (which costs an object, and keeps the
   * whole chunk that it was read from alive), and is the same live and in a recording. Read it with `packetBytes`.
   */
  readonly bytes: string;
  /** What is malformed or cut short, a sentence each; none for a sound packet. */
  readonly notes: readonly string[];
  readonly ethernet?: Ethernet;
  readonly linuxCooked?: LinuxCooked;
  /** From the outermost tag to the innermost. */
  readonly vlan?: readonly VlanTag[];
  readonly arp?: Arp;
  readonly ipv4?: Ipv4;
  readonly ipv6?: Ipv6;
  readonly icmp?: Icmp;
  readonly icmpv6?: Icmpv6;
  readonly udp?: Udp;
  readonly tcp?: Tcp;
  /** Where in the captured bytes begins what the last decoded header carries. */
  readonly payloadOffset: number;
  /** Its length in bytes as the headers say, without the link's padding; not all of it need be captured. */
  readonly payloadLength: number;
}

/** The captured bytes of a packet. */
export function packetBytes(packet: Packet): Uint8Array {
  return Buffer.from(packet.bytes, 'base64');
}

/** The captured bytes of what the last decoded header carries: for TCP and UDP, the application's data. */
export function packetPayload(packet: Packet): Uint8Array {
  const { payloadOffset, payloadLength } = packet;
  return packetBytes(packet).subarray(payloadOffset, payloadOffset + payloadLength);
}
