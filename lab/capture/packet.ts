/**
 * A captured packet, decoded. It is plain data: `JSON.parse(JSON.stringify(packet))` is the same packet, so that a
 * recording and a live capture are read by the same code.
 *
 *   pcap stream ──PcapReader──▶ record ──decodePacket──▶ Packet ──describePacket──▶ a line for a person
 *                                                           └─────PcapngWriter───▶ a file for Wireshark
 */
import type { Arp } from './arp.ts';
import type { Ethernet } from './ethernet.ts';
import type { Icmp } from './icmp.ts';
import type { Icmpv6 } from './icmpv6.ts';
import type { Ipv4 } from './ipv4.ts';
import type { Ipv6 } from './ipv6.ts';
import type { LinkType } from './link-type.ts';
import type { LinuxCooked } from './linux-cooked.ts';
import type { Tcp } from './tcp.ts';
import type { Udp } from './udp.ts';
import type { VlanTag } from './vlan.ts';

export type { Arp } from './arp.ts';
export type { ChecksumStatus } from './checksum.ts';
export type { Ethernet } from './ethernet.ts';
export type { Icmp } from './icmp.ts';
export type { Icmpv6 } from './icmpv6.ts';
export type { Ipv4, Ipv4Option } from './ipv4.ts';
export type { Ipv6 } from './ipv6.ts';
export type { Ipv6ExtensionHeader, Ipv6Option } from './ipv6-extension.ts';
export type { LinkType } from './link-type.ts';
export type { LinuxCooked } from './linux-cooked.ts';
export type { NeighborOption } from './neighbor-option.ts';
export type { QuotedPacket } from './quoted.ts';
export type { Tcp, TcpFlags } from './tcp.ts';
export type { SackBlock, TcpOption } from './tcp-option.ts';
export type { Udp } from './udp.ts';
export type { VlanTag } from './vlan.ts';

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
