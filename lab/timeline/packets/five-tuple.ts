import type { Endpoint } from '../../model/event.ts';
import type { Packet, QuotedPacket } from '../../model/packet.ts';

/** Who talks to whom in a packet. */
export interface FiveTuple {
  readonly protocol: 'tcp' | 'udp';
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** The addresses of a packet; those of an ARP packet are the ones it is about. */
export function addressesOf(packet: Packet): { from: string; to: string } {
  const ip = packet.ipv4 ?? packet.ipv6;
  if (ip) return { from: ip.source, to: ip.destination };
  const { arp, ethernet } = packet;
  if (arp) return { from: arp.senderProtocolAddress, to: arp.targetProtocolAddress };
  return { from: ethernet?.source ?? 'unknown', to: ethernet?.destination ?? 'unknown' };
}

/** @returns `undefined` for what has no ports: a later fragment, ICMP, ARP. */
export function fiveTupleOf(packet: Packet): FiveTuple | undefined {
  return tuple(packet);
}

/** The tuple of the packet that an ICMP error is about, as that was sent. */
export function quotedFiveTupleOf(packet: Packet): FiveTuple | undefined {
  const quoted = (packet.icmp ?? packet.icmpv6)?.quoted;
  return quoted && tuple(quoted);
}

function tuple({ ipv4, ipv6, tcp, udp }: Packet | QuotedPacket): FiveTuple | undefined {
  const ip = ipv4 ?? ipv6;
  const ports = tcp ?? udp;
  if (ip === undefined || ports === undefined) return undefined;
  return {
    protocol: tcp ? 'tcp' : 'udp',
    from: { address: ip.source, port: ports.sourcePort },
    to: { address: ip.destination, port: ports.destinationPort },
  };
}

/** The one name of all packets between two tuple, whichever way they go. */
export function flowKey(protocol: string, one: Endpoint, other: Endpoint): string {
  const [a, b] = [`${one.address} ${one.port}`, `${other.address} ${other.port}`];
  return a < b ? `${protocol} ${a} ${b}` : `${protocol} ${b} ${a}`;
}

/** From there a host sends while it has no address yet (RFC 4291, section 2.5.2; RFC 1122, section 3.2.1.3). */
export function isUnspecified(address: string): boolean {
  return address === '::' || address === '0.0.0.0';
}

/** Whether it names many hosts: RFC 5771, RFC 919, RFC 4291 section 2.7; an Ethernet broadcast or multicast too. */
export function isGroup({ ethernet, ipv4, ipv6 }: Packet): boolean {
  if (ipv6) return ipv6.destination.startsWith('ff');
  if (ipv4 && Number.parseInt(ipv4.destination, 10) >= 224) return true;
  return (Number.parseInt(ethernet?.destination.slice(0, 2) ?? '', 16) & 1) === 1;
}
