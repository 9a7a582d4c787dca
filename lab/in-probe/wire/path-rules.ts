/**
 * Which packets the kernel queues: the paths of faults as matches of iptables(8). Pure.
 *
 * Everything on a path is queued: TCP, UDP, ICMP and the rest. Loopback is not a path. Neighbour discovery (RFC 4861) and
 * multicast listener reports (RFC 2710, RFC 3810) are spared: an unresolved neighbour looks like a host that does not exist, not
 * like a bad line.
 */
import { isIPv6 } from 'node:net';
import type { Limits } from '../../model/faults.ts';

/** Those of a fault's limits that the kernel checks. */
export type Path = Pick<Limits, 'from' | 'protocol' | 'port'>;

export type Family = 4 | 6;

/** Multicast listener query, report and done; the five of neighbour discovery; multicast listener report, version 2. */
const SPARED_TYPES = [130, 131, 132, 133, 134, 135, 136, 137, 143];

/** What is spared on every path: matches, without a target. */
export function sparedMatches(family: Family): string[] {
  const types = family === 4 ? [] : SPARED_TYPES.map((type) => `-p icmpv6 --icmpv6-type ${type}`);
  return ['-i lo', ...types];
}

/** What is queued: matches, without a target. Matches that several paths have in common are listed once. */
export function pathMatches(family: Family, paths: readonly Path[]): string[] {
  return [...new Set(paths.flatMap((path) => matchesOf(family, path)))];
}

/** What of that is UDP: matches, without a target. */
export function udpMatches(family: Family, paths: readonly Path[]): string[] {
  const udp = paths.filter(({ protocol }) => protocol === undefined || protocol === 'udp');
  return pathMatches(
    family,
    udp.map((path) => ({ ...path, protocol: 'udp' })),
  );
}

function matchesOf(family: Family, { from, protocol, port }: Path): string[] {
  const sources = from === undefined ? [''] : from.filter((one) => isIPv6(one) === (family === 6));
  const what =
    port === undefined ? [protocolMatch(family, protocol)] : portMatches(family, port, protocol);
  return sources.flatMap((source) =>
    what.map((match) => [source && `-s ${source.replace(/%.*$/, '')}`, match].join(' ').trim()),
  );
}

function protocolMatch(family: Family, protocol: Path['protocol']): string {
  if (protocol === undefined) return '';
  return `-p ${protocol === 'icmp' && family === 6 ? 'icmpv6' : protocol}`;
}

/** Later IPv6 fragments have no ports: all of them are queued, and the wire finds out which the fault is for. */
function portMatches(family: Family, port: number, protocol: Path['protocol']): string[] {
  const protocols = protocol === undefined ? ['tcp', 'udp'] : [protocol];
  return protocols.flatMap((one) => [
    `-p ${one} --sport ${port}`,
    `-p ${one} --dport ${port}`,
    ...(family === 6 && one === 'udp' ? ['-p udp -m frag'] : []),
  ]);
}
