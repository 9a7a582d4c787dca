/** Names for the numbers of calls, as in Linux's own headers: bits/socket.h, asm-generic/socket.h, linux/in.h, in6.h, tcp.h, udp.h. */
import { constants } from 'node:os';

type Names = Readonly<Record<number, string>>;

export const FAMILIES: Names = { 0: 'AF_UNSPEC', 1: 'AF_UNIX', 2: 'AF_INET', 10: 'AF_INET6' };
export const PROTOCOLS: Names = {
  0: 'IPPROTO_IP',
  6: 'IPPROTO_TCP',
  17: 'IPPROTO_UDP',
  262: 'IPPROTO_MPTCP',
};
export const SOCKET_FLAGS: Names = { 524288: 'SOCK_CLOEXEC', 2048: 'SOCK_NONBLOCK' };
export const HOWS = ['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'] as const;

export const MESSAGE_FLAGS: Names = {
  1: 'MSG_OOB',
  2: 'MSG_PEEK',
  4: 'MSG_DONTROUTE',
  8: 'MSG_CTRUNC',
  16: 'MSG_PROXY',
  32: 'MSG_TRUNC',
  64: 'MSG_DONTWAIT',
  128: 'MSG_EOR',
  256: 'MSG_WAITALL',
  2048: 'MSG_CONFIRM',
  8192: 'MSG_ERRQUEUE',
  16384: 'MSG_NOSIGNAL',
  32768: 'MSG_MORE',
  65536: 'MSG_WAITFORONE',
  67108864: 'MSG_ZEROCOPY',
  536870912: 'MSG_FASTOPEN',
  1073741824: 'MSG_CMSG_CLOEXEC',
};

/** The names of the bits that are set; of those without a name, their sum. */
export function flagsOf(bits: number, names: Names): string[] {
  if (bits === 0) return [];
  const set = Object.keys(names).filter((bit) => (bits & Number(bit)) !== 0);
  const rest = set.reduce((left, bit) => left & ~Number(bit), bits);
  const flags = set.map((bit) => names[Number(bit)] as string);
  return rest === 0 ? flags : [...flags, `0x${(rest >>> 0).toString(16)}`];
}

const errors = new Map(
  Object.entries(constants.errno).map(([name, number]) => [number, name] as const),
);
/** Of two names for a number, the one that socket calls are documented with; the kernel's own; and those that Node does not have. */
for (const [number, name] of [
  [11, 'EAGAIN'],
  [95, 'EOPNOTSUPP'],
  [94, 'ESOCKTNOSUPPORT'],
  [96, 'EPFNOSUPPORT'],
  [108, 'ESHUTDOWN'],
  [112, 'EHOSTDOWN'],
] as const) {
  errors.set(number, name);
}

/** @param number as in errno.h */
export const errorName = (number: number) => errors.get(number) ?? `E${number}`;
