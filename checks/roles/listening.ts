import type { ListeningSocket } from '../../lab/index.ts';
import type { Finding } from '../check.ts';

export interface Wanted {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** How long it has been waited for, in milliseconds. */
  readonly waitedMs: number;
}

/** Why other hosts cannot reach a program over IPv4, by the sockets that it has; nothing where they can. */
export function listeningFinding(
  sockets: readonly ListeningSocket[],
  { protocol, port, waitedMs }: Wanted,
): Finding | undefined {
  const did = `started the program with HOST=0.0.0.0 and PORT=${port}, and looked at its sockets`;
  const waited = { for: `a ${protocol.toUpperCase()} socket at port ${port}`, ms: waitedMs };
  const here = sockets.filter((one) => one.protocol === protocol && one.port === port);
  if (here.some(isReachable)) return undefined;
  const others = here.length > 0 ? here : sockets;
  const found = others.map(words).join(', ');
  const [first] = others;
  if (first === undefined)
    return { code: 'not-listening', did, waited, found: 'no socket at any port' };
  if (here.length > 0)
    return { code: isLoopback(first.address) ? 'loopback-only' : 'ipv6-only', did, waited, found };
  if (others.some((one) => one.port === swapped(port)))
    return { code: 'swapped-port', did, waited, found };
  const isOther = others.every((one) => one.protocol !== protocol);
  return { code: isOther ? 'other-protocol' : 'other-port', did, waited, found };
}

/** With its two bytes in the other order, as of a machine that stores the low one first. */
const swapped = (port: number) => ((port & 0xff) << 8) | (port >> 8);

/** As programs have it that listen for both families at an address of IPv4, such as those in Java. */
const MAPPED = /^::ffff:(?=\d+\.)/;

function isReachable({ address: shown, isIPv6Only }: ListeningSocket): boolean {
  const address = shown.replace(MAPPED, '');
  return !isLoopback(address) && !isIPv6Only && (address === '::' || !address.includes(':'));
}

const isLoopback = (address: string) =>
  address.replace(MAPPED, '').startsWith('127.') || address === '::1';

function words({ protocol, address, port, isIPv6Only }: ListeningSocket): string {
  const where = address.includes(':') ? `[${address}]` : address;
  return `${protocol.toUpperCase()} ${where}:${port}${isIPv6Only ? ' (IPv6 only)' : ''}`;
}
