/**
 * Decodes a captured packet, header by header:
 *
 *   Ethernet or Linux cooked ─▶ VLAN tags ─▶ ARP
 *                                         ─▶ IPv4, IPv6 (raw IP begins here) ─▶ TCP, UDP
 *                                                                            ─▶ ICMP, ICMPv6 ─▶ the packet it quotes
 *
 * Pure and bounded. Whatever the bytes, it gives a packet: one that is malformed or cut short has the headers up to there,
 * and notes.
 */

import type { Packet } from '../../model/packet.ts';
import { decodeArp } from './arp.ts';
import { uint8 } from './bytes.ts';
import { Dissection } from './dissection.ts';
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
import type { LinkType } from './link-type.ts';
import { decodeLinuxCooked } from './linux-cooked.ts';
import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from './protocol.ts';
import { decodeQuoted } from './quoted.ts';
import { decodeTcp } from './tcp.ts';
import { decodeUdp } from './udp.ts';
import { decodeVlanTag } from './vlan.ts';

/** A service and a customer tag (IEEE 802.1ad), and room for a mistake. */
const MAX_VLAN_TAGS = 4;

/**
 * Decodes the captured bytes of a packet, which are copied: they may change afterwards.
 *
 * @param length Its bytes on the wire, if the capture cut it; as many as were captured by default.
 * @example
 * const packet = decodePacket(record.data, reader.linkType, record.length);
 * packet.tcp?.flags.syn;
 */
export function decodePacket(data: Uint8Array, linkType: LinkType, length = data.length): Packet {
  const dissection = new Dissection(data, linkType, Math.max(length, data.length));
  decodeNetwork(dissection, decodeLink(dissection, linkType));
  const { packet, start, end } = dissection;
  packet.payloadOffset = Math.min(start, data.length);
  packet.payloadLength = Math.max(0, end - start);
  packet.bytes = base64(data);
  return packet;
}

function decodeLink(dissection: Dissection, linkType: LinkType): number | undefined {
  if (linkType === 'raw-ip') return rawEtherType(dissection);
  let etherType =
    linkType === 'ethernet' ? decodeEthernet(dissection) : decodeLinuxCooked(dissection);
  let tags = 0;
  while (etherType === ETHERTYPE_VLAN || etherType === ETHERTYPE_SERVICE_VLAN) {
    if (tags === MAX_VLAN_TAGS) {
      dissection.note(`More than ${MAX_VLAN_TAGS} VLAN tags`);
      return undefined;
    }
    etherType = decodeVlanTag(dissection);
    tags += 1;
  }
  return etherType;
}

function rawEtherType(dissection: Dissection): number | undefined {
  const version = uint8(dissection.bytes, 0) >>> 4;
  if (version === 4) return ETHERTYPE_IPV4;
  if (version === 6) return ETHERTYPE_IPV6;
  dissection.note(`The IP header says version ${version}, neither 4 nor 6`);
  return undefined;
}

function decodeNetwork(dissection: Dissection, etherType: number | undefined): void {
  if (etherType === ETHERTYPE_IPV4) decodeTransport(dissection, decodeIpv4(dissection));
  else if (etherType === ETHERTYPE_IPV6) decodeTransport(dissection, decodeIpv6(dissection));
  else if (etherType === ETHERTYPE_ARP) decodeArp(dissection);
}

function decodeTransport(dissection: Dissection, protocol: number | undefined): void {
  const { packet } = dissection;
  if (protocol === PROTOCOL_TCP) decodeTcp(dissection);
  else if (protocol === PROTOCOL_UDP) decodeUdp(dissection);
  else if (protocol === PROTOCOL_ICMP && packet.ipv4) {
    if (!decodeIcmp(dissection) || packet.icmp === undefined) return;
    packet.icmp = { ...packet.icmp, quoted: decodeQuoted(dissection) };
  } else if (protocol === PROTOCOL_ICMPV6 && packet.ipv6) {
    if (!decodeIcmpv6(dissection) || packet.icmpv6 === undefined) return;
    packet.icmpv6 = { ...packet.icmpv6, quoted: decodeQuoted(dissection) };
  }
}

function base64(data: Uint8Array): string {
  const buffer = Buffer.isBuffer(data)
    ? data
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return buffer.toString('base64');
}
