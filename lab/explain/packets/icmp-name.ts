import type { Packet } from '../../model/packet.ts';

/** Names of the registry "ICMP Type Numbers" (RFC 792; RFC 1122, section 3.2.2.1), by type, or by type and code. */
const icmpNames: Readonly<Record<string, string>> = {
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
const icmpv6Names: Readonly<Record<string, string>> = {
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

interface Message {
  readonly type: number;
  readonly code: number;
}

/** `ICMP port unreachable` */
export function icmpName(packet: Packet): string {
  return `${packet.icmpv6 ? 'ICMPv6' : 'ICMP'} ${messageName(packet)}`;
}

/** `port unreachable` */
export function messageName({ icmp, icmpv6 }: Packet): string {
  if (icmp) return nameOfIcmp(icmp);
  return icmpv6 ? nameOfIcmpv6(icmpv6) : 'message';
}

/** `port unreachable` */
export function nameOfIcmp(message: Message): string {
  return nameIn(icmpNames, message);
}

/** `neighbor solicitation` */
export function nameOfIcmpv6(message: Message): string {
  return nameIn(icmpv6Names, message);
}

function nameIn(names: Readonly<Record<string, string>>, { type, code }: Message): string {
  return names[`${type}/${code}`] ?? names[type] ?? `type ${type} code ${code}`;
}
