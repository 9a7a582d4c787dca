import { endpointText } from '../../model/endpoint-text.ts';
import type { Icmp, Icmpv6, QuotedPacket } from '../../model/packet.ts';
import { nameOfIcmp, nameOfIcmpv6 } from './icmp-name.ts';

/** `port unreachable, about UDP 172.18.0.3:41234 > 172.18.0.2:50000` */
export function describeIcmp(icmp: Icmp): string {
  return withFields(nameOfIcmp(icmp), icmp, [
    ['mtu', icmp.nextHopMtu],
    ['gateway', icmp.gatewayAddress],
    ['pointer', icmp.pointer],
  ]);
}

/** `neighbor solicitation target=fd00::2` */
export function describeIcmpv6(icmpv6: Icmpv6): string {
  return withFields(nameOfIcmpv6(icmpv6), icmpv6, [
    ['mtu', icmpv6.mtu],
    ['target', icmpv6.targetAddress],
    ['pointer', icmpv6.pointer],
  ]);
}

function withFields(
  name: string,
  message: Icmp | Icmpv6,
  fields: [name: string, value: string | number | undefined][],
): string {
  const all: typeof fields = [
    ['id', message.identifier],
    ['seq', message.sequenceNumber],
    ...fields,
  ];
  const words = all.flatMap(([field, value]) => (value === undefined ? [] : ` ${field}=${value}`));
  return name + words.join('') + describeQuoted(message.quoted);
}

function describeQuoted(quoted: QuotedPacket | undefined): string {
  const ip = quoted?.ipv4 ?? quoted?.ipv6;
  if (quoted === undefined || ip === undefined) return '';
  const ports = quoted.tcp ?? quoted.udp;
  if (ports === undefined) {
    return `, about ${ip.source} > ${ip.destination} IP protocol ${ip.protocol}`;
  }
  const from = endpointText({ address: ip.source, port: ports.sourcePort });
  const to = endpointText({ address: ip.destination, port: ports.destinationPort });
  return `, about ${quoted.tcp ? 'TCP' : 'UDP'} ${from} > ${to}`;
}
