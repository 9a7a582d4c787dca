import type { Icmp } from './icmp.ts';
import type { Icmpv6 } from './icmpv6.ts';
import type { QuotedPacket } from './quoted.ts';

/** Names of the registry "ICMP Type Numbers" (RFC 792; RFC 1122, section 3.2.2.1), by type, or by type and code. */
const icmpNames: Record<string, string> = {
  '0': 'echo reply',
  '3': 'destination unreachable',
  '3/0': 'network unreachable',
  '3/1': 'host unreachable',
  '3/2': 'protocol unreachable',
  '3/3': 'port unreachable',
  '3/4': 'fragmentation needed',
  '3/13': 'administratively prohibited',
  '4': 'source quench',
  '5': 'redirect',
  '8': 'echo request',
  '11': 'time exceeded',
  '11/0': 'time to live exceeded',
  '11/1': 'reassembly time exceeded',
  '12': 'parameter problem',
  '13': 'timestamp request',
  '14': 'timestamp reply',
};

/** Names of the registry "ICMPv6 Type Numbers" (RFC 4443, RFC 4861, RFC 9777). */
const icmpv6Names: Record<string, string> = {
  '1': 'destination unreachable',
  '1/0': 'no route to the destination',
  '1/1': 'administratively prohibited',
  '1/3': 'address unreachable',
  '1/4': 'port unreachable',
  '2': 'packet too big',
  '3': 'time exceeded',
  '3/0': 'hop limit exceeded',
  '3/1': 'reassembly time exceeded',
  '4': 'parameter problem',
  '128': 'echo request',
  '129': 'echo reply',
  '130': 'multicast listener query',
  '131': 'multicast listener report',
  '132': 'multicast listener done',
  '133': 'router solicitation',
  '134': 'router advertisement',
  '135': 'neighbor solicitation',
  '136': 'neighbor advertisement',
  '137': 'redirect',
  '143': 'multicast listener report v2',
};

/** `port unreachable, about UDP 172.18.0.3:41234 > 172.18.0.2:50000` */
export function describeIcmp(icmp: Icmp): string {
  return withFields(nameOf(icmpNames, icmp), icmp, [
    ['mtu', icmp.nextHopMtu],
    ['gateway', icmp.gatewayAddress],
    ['pointer', icmp.pointer],
  ]);
}

/** `neighbor solicitation target=fd00::2` */
export function describeIcmpv6(icmpv6: Icmpv6): string {
  return withFields(nameOf(icmpv6Names, icmpv6), icmpv6, [
    ['mtu', icmpv6.mtu],
    ['target', icmpv6.targetAddress],
    ['pointer', icmpv6.pointer],
  ]);
}

function nameOf(names: Record<string, string>, { type, code }: { type: number; code: number }) {
  return names[`${type}/${code}`] ?? names[type] ?? `type ${type} code ${code}`;
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
  const at = (address: string, port: number) =>
    address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const ends = `${at(ip.source, ports.sourcePort)} > ${at(ip.destination, ports.destinationPort)}`;
  return `, about ${quoted.tcp ? 'TCP' : 'UDP'} ${ends}`;
}
