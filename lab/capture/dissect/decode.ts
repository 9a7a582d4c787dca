/**
 * Decodes a captured packet, header by header:
 *
 *   Ethernet or Linux cooked ─▶ VLAN tags ─▶ ARP
 *                                         ─▶ IPv4, IPv6 (raw IP begins here) ─▶ TCP, UDP
 *                                                                            ─▶ ICMP, ICMPv6 ─▶ the packet it quotes
 *
 * Pure and bounded. Each protocol's decoder returns its header and moves the cursor past it; only this file puts the packet
 * together. Whatever the bytes, the result is a packet: one that is malformed or cut short has the headers up to there, and
 * notes.
 */
import type { LinkType, Packet, VlanTag } from '../../model/packet.ts';
import { decodeArp } from './arp.ts';
import { uint8 } from './bytes.ts';
import { Cursor } from './cursor.ts';
import {
  decodeEthernet,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  ETHERTYPE_IPV6,
  ETHERTYPE_SERVICE_VLAN,
  ETHERTYPE_VLAN,
} from './ethernet.ts';
import { decodeIcmp } from './icmp.ts';
import { decodeIcmpv6 } from './icmpv6.ts';
import { decodeIpv4 } from './ipv4.ts';
import { decodeIpv6 } from './ipv6.ts';
import { decodeLinuxCooked } from './linux-cooked.ts';
import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from './protocol.ts';
import { decodeTcp } from './tcp.ts';
import { decodeUdp } from './udp.ts';
import { decodeVlanTag } from './vlan.ts';

/** A service and a customer tag (IEEE 802.1ad), and room for a mistake. */
const MAX_VLAN_TAGS = 4;

/** A packet while its headers are added, here and nowhere else: to merge what each layer returns would take half as long again. */
type WritablePacket = { -readonly [Key in keyof Packet]: Packet[Key] };

/**
 * Decodes the captured bytes of a packet, which are copied: they may change afterwards.
 *
 * @param length Its bytes on the wire, if the capture cut it; as many as were captured by default.
 * @example
 * const packet = decodePacket(record.data, reader.linkType, record.length);
 * packet.tcp?.flags.syn;
 */
export function decodePacket(data: Uint8Array, linkType: LinkType, length = data.length): Packet {
  const cursor = new Cursor(data, Math.max(length, data.length));
  const packet: WritablePacket = {
    linkType,
    length: cursor.end,
    capturedLength: data.length,
    bytes: base64(data),
    notes: cursor.notes,
    payloadOffset: 0,
    payloadLength: 0,
  };
  addNetwork(packet, cursor, addLink(packet, cursor));
  packet.notes = cursor.notes;
  packet.payloadOffset = Math.min(cursor.start, data.length);
  packet.payloadLength = Math.max(0, cursor.end - cursor.start);
  return packet;
}

/** @returns the EtherType of what follows */
function addLink(packet: WritablePacket, cursor: Cursor): number | undefined {
  if (packet.linkType === 'raw-ip') return etherTypeOfRawIp(cursor);
  if (packet.linkType === 'ethernet') {
    const ethernet = decodeEthernet(cursor);
    if (ethernet) packet.ethernet = ethernet;
    return addVlanTags(packet, cursor, ethernet?.etherType);
  }
  const linuxCooked = decodeLinuxCooked(cursor);
  if (linuxCooked) packet.linuxCooked = linuxCooked;
  return addVlanTags(packet, cursor, linuxCooked?.protocol);
}

function etherTypeOfRawIp(cursor: Cursor): number | undefined {
  const version = uint8(cursor.bytes, 0) >>> 4;
  if (version === 4) return ETHERTYPE_IPV4;
  if (version === 6) return ETHERTYPE_IPV6;
  cursor.note({ part: 'ip', problem: 'wrong-version', version });
  return undefined;
}

/** @returns the EtherType of what follows */
function addVlanTags(
  packet: WritablePacket,
  cursor: Cursor,
  first: number | undefined,
): number | undefined {
  let etherType = first;
  while (etherType === ETHERTYPE_VLAN || etherType === ETHERTYPE_SERVICE_VLAN) {
    const tags: readonly VlanTag[] = packet.vlan ?? [];
    if (tags.length === MAX_VLAN_TAGS) {
      cursor.note({ part: 'vlan', problem: 'too-many', most: MAX_VLAN_TAGS });
      return undefined;
    }
    const tag = decodeVlanTag(cursor);
    if (tag) packet.vlan = [...tags, tag];
    etherType = tag?.etherType;
  }
  return etherType;
}

function addNetwork(packet: WritablePacket, cursor: Cursor, etherType: number | undefined): void {
  if (etherType === ETHERTYPE_IPV4) {
    const ipv4 = decodeIpv4(cursor);
    if (ipv4) packet.ipv4 = ipv4;
    addTransport(packet, cursor, ipv4?.protocol);
  } else if (etherType === ETHERTYPE_IPV6) {
    const ipv6 = decodeIpv6(cursor);
    if (ipv6) packet.ipv6 = ipv6;
    addTransport(packet, cursor, ipv6?.protocol);
  } else if (etherType === ETHERTYPE_ARP) {
    const arp = decodeArp(cursor);
    if (arp) packet.arp = arp;
  }
}

function addTransport(packet: WritablePacket, cursor: Cursor, protocol: number | undefined): void {
  if (cursor.isOpaque) return;
  if (protocol === PROTOCOL_TCP) {
    const tcp = decodeTcp(cursor);
    if (tcp) packet.tcp = tcp;
  } else if (protocol === PROTOCOL_UDP) {
    const udp = decodeUdp(cursor);
    if (udp) packet.udp = udp;
  } else if (protocol === PROTOCOL_ICMP && packet.ipv4) {
    const icmp = decodeIcmp(cursor);
    if (icmp) packet.icmp = icmp;
  } else if (protocol === PROTOCOL_ICMPV6 && packet.ipv6) {
    const icmpv6 = decodeIcmpv6(cursor);
    if (icmpv6) packet.icmpv6 = icmpv6;
  }
}

function base64(data: Uint8Array): string {
  const buffer = Buffer.isBuffer(data)
    ? data
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return buffer.toString('base64');
}
