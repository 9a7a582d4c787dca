import type { Packet } from '../../capture/packet.ts';

/** Names of the registries "ICMP Type Numbers" and "ICMPv6 Type Numbers", by type, or by type and code. */
const names4: Readonly<Record<string, string>> = {
  0: 'echo reply',
  3: 'destination unreachable',
  '3 0': 'network unreachable',
  '3 1': 'host unreachable',
  '3 2': 'protocol unreachable',
  '3 3': 'port unreachable',
  '3 4': 'fragmentation needed',
  '3 13': 'administratively prohibited',
  5: 'redirect',
  8: 'echo request',
  11: 'time exceeded',
  12: 'parameter problem',
};
const names6: Readonly<Record<string, string>> = {
  1: 'destination unreachable',
  '1 0': 'no route',
  '1 1': 'administratively prohibited',
  '1 3': 'address unreachable',
  '1 4': 'port unreachable',
  2: 'packet too big',
  3: 'time exceeded',
  4: 'parameter problem',
  128: 'echo request',
  129: 'echo reply',
  133: 'router solicitation',
  134: 'router advertisement',
  135: 'neighbor solicitation',
  136: 'neighbor advertisement',
  143: 'multicast listener report',
};

/** `ICMP port unreachable`. */
export function icmpName({ icmp, icmpv6 }: Packet): string {
  const message = icmp ?? icmpv6;
  if (message === undefined) return 'ICMP';
  const names = icmp ? names4 : names6;
  const { type, code } = message;
  const name = names[`${type} ${code}`] ?? names[type] ?? `type ${type} code ${code}`;
  return `${icmp ? 'ICMP' : 'ICMPv6'} ${name}`;
}
