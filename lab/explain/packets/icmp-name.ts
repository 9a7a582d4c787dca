import type { Packet } from '../../model/packet.ts';
import { nameOfIcmp, nameOfIcmpv6 } from './icmp-names.ts';

/** `ICMP port unreachable` */
export function icmpName(packet: Packet): string {
  return `${packet.icmpv6 ? 'ICMPv6' : 'ICMP'} ${messageName(packet)}`;
}

/** `port unreachable` */
export function messageName({ icmp, icmpv6 }: Packet): string {
  if (icmp) return nameOfIcmp(icmp);
  return icmpv6 ? nameOfIcmpv6(icmpv6) : 'message';
}
