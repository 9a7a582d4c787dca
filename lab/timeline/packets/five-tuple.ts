import type { Endpoint } from '../../model/event.ts';
import type { Packet, QuotedPacket } from '../../model/packet.ts';

/** Both endpoints of a flow, and its protocol. */
export interface FiveTuple {
  readonly protocol: 'tcp' | 'udp';
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** @returns `undefined` for what has no ports: a later fragment, ICMP, ARP. */
export function fiveTupleOf(packet: Packet): FiveTuple | undefined {
  return tuple(packet);
}

/** The five-tuple of the packet that an ICMP error quotes. */
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

/** The same for both directions of a five-tuple. */
export function flowKey({ protocol, from, to }: FiveTuple): string {
  const [a, b] = [`${from.address} ${from.port}`, `${to.address} ${to.port}`];
  return a < b ? `${protocol} ${a} ${b}` : `${protocol} ${b} ${a}`;
}
