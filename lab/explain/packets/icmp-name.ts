import type { Packet } from '../../model/packet.ts';
import { nameOfIcmp, nameOfIcmpv6 } from './icmp-names.ts';

/** `ICMP port unreachable`. */
export function icmpName({ icmp, icmpv6 }: Packet): string {
  if (icmp) return `ICMP ${nameOfIcmp(icmp)}`;
  return icmpv6 ? `ICMPv6 ${nameOfIcmpv6(icmpv6)}` : 'ICMP';
}
