import type { Packet } from '../../model/packet.ts';

/** The addresses of a packet; those of an ARP packet are the ones it is about. */
export function addressesOf(packet: Packet): { from: string; to: string } {
  const ip = packet.ipv4 ?? packet.ipv6;
  if (ip) return { from: ip.source, to: ip.destination };
  const { arp, ethernet } = packet;
  if (arp) return { from: arp.senderProtocolAddress, to: arp.targetProtocolAddress };
  return { from: ethernet?.source ?? 'unknown', to: ethernet?.destination ?? 'unknown' };
}

/** A host sends from there while it has no address yet (RFC 4291, section 2.5.2; RFC 1122, section 3.2.1.3). */
export function isUnspecified(address: string): boolean {
  return address === '::' || address === '0.0.0.0';
}

/** RFC 1122, section 3.2.1.3; RFC 4291, sections 2.5.3 and 2.5.5.2. */
export function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\.|^::1$/i.test(address);
}

/** Whether it names many hosts: RFC 5771, RFC 919, RFC 4291 section 2.7; an Ethernet broadcast or multicast too. */
export function isGroup({ ethernet, ipv4, ipv6 }: Packet): boolean {
  if (ipv6) return ipv6.destination.startsWith('ff');
  if (ipv4 && Number.parseInt(ipv4.destination, 10) >= 224) return true;
  return (Number.parseInt(ethernet?.destination.slice(0, 2) ?? '', 16) & 1) === 1;
}
