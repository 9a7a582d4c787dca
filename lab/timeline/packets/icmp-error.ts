/** What Linux makes of ICMP errors: `icmp_err_convert` of net/ipv4/icmp.c and `icmpv6_err_convert` of net/ipv6/icmp.c. */
import type { Packet } from '../../model/packet.ts';

interface Meaning {
  readonly error: string;
  /** A connected UDP socket gets it also without asking for errors. */
  readonly isFatal: boolean;
}

/** By type and code, or by type for all its codes. */
const meanings4: Readonly<Record<string, Meaning>> = {
  '3 0': { error: 'ENETUNREACH', isFatal: false },
  '3 1': { error: 'EHOSTUNREACH', isFatal: false },
  '3 2': { error: 'ENOPROTOOPT', isFatal: true },
  '3 3': { error: 'ECONNREFUSED', isFatal: true },
  '3 4': { error: 'EMSGSIZE', isFatal: true },
  '3 5': { error: 'EOPNOTSUPP', isFatal: false },
  '3 6': { error: 'ENETUNREACH', isFatal: true },
  '3 7': { error: 'EHOSTDOWN', isFatal: true },
  '3 8': { error: 'ENONET', isFatal: true },
  '3 9': { error: 'ENETUNREACH', isFatal: true },
  '3 10': { error: 'EHOSTUNREACH', isFatal: true },
  '3 11': { error: 'ENETUNREACH', isFatal: false },
  '3 12': { error: 'EHOSTUNREACH', isFatal: false },
  '3 13': { error: 'EHOSTUNREACH', isFatal: true },
  '3 14': { error: 'EHOSTUNREACH', isFatal: true },
  '3 15': { error: 'EHOSTUNREACH', isFatal: true },
  11: { error: 'EHOSTUNREACH', isFatal: false },
  12: { error: 'EPROTO', isFatal: true },
};
const meanings6: Readonly<Record<string, Meaning>> = {
  '1 0': { error: 'ENETUNREACH', isFatal: false },
  '1 1': { error: 'EACCES', isFatal: true },
  '1 2': { error: 'EHOSTUNREACH', isFatal: false },
  '1 3': { error: 'EHOSTUNREACH', isFatal: false },
  '1 4': { error: 'ECONNREFUSED', isFatal: true },
  '1 5': { error: 'EACCES', isFatal: true },
  '1 6': { error: 'EACCES', isFatal: true },
  2: { error: 'EMSGSIZE', isFatal: true },
  3: { error: 'EHOSTUNREACH', isFatal: false },
  4: { error: 'EPROTO', isFatal: true },
};

/** Whether it says that a packet did not arrive; a redirect quotes one that did. */
export function isReport({ icmp, icmpv6 }: Packet): boolean {
  return icmp ? [3, 11, 12].includes(icmp.type) : (icmpv6?.type ?? 128) < 128;
}

/** As errno(3) names what a `connect` fails with. */
export function errnoOf(packet: Packet): string | undefined {
  return meaningOf(packet)?.error;
}

/** Nothing listens at the port: of all errors only that one becomes ECONNREFUSED. */
export function isPortUnreachable(packet: Packet): boolean {
  return errnoOf(packet) === 'ECONNREFUSED';
}

export function isFatal(packet: Packet): boolean {
  return meaningOf(packet)?.isFatal ?? false;
}

function meaningOf({ icmp, icmpv6 }: Packet): Meaning | undefined {
  const message = icmp ?? icmpv6;
  const meanings = icmp ? meanings4 : meanings6;
  return message && (meanings[`${message.type} ${message.code}`] ?? meanings[message.type]);
}
