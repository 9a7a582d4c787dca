import { addressBytes } from './address.ts';
import type { FaultKind, Limits } from './faults.ts';
import { ICMP, ICMPV6, TCP, UDP } from './headers.ts';
import type { WirePacket } from './packet.ts';

/**
 * Says of each packet, in the order in which they come, whether a fault is for it.
 *
 * A later fragment of an IPv6 packet shows no port, so that a limit to a port leaves it alone; without the first
 * fragment it is of no use to the host anyway.
 */
export function matcher(kind: FaultKind, limits: Limits): (packet: WirePacket) => boolean {
  const { from, port, every = 1, first = Number.POSITIVE_INFINITY } = limits;
  const protocols = protocolsOf(kind, limits);
  const sources = from === undefined ? undefined : new Set(from.map(key));
  let eligible = 0;
  let chosen = 0;
  return (packet) => {
    const { headers } = packet;
    if (!protocols.includes(headers.protocol)) return false;
    if (port !== undefined && headers.fromPort !== port && headers.toPort !== port) return false;
    if (sources !== undefined && !sources.has(source(packet))) return false;
    eligible += 1;
    if (chosen >= first || eligible % every !== 0) return false;
    chosen += 1;
    return true;
  };
}

/** Other protocols are left alone, as a host that cannot be pinged is no host that loses packets; a cut cable has none. */
function protocolsOf(kind: FaultKind, { protocol, port }: Limits): readonly number[] {
  if (protocol !== undefined) return protocol === 'tcp' ? [TCP] : [UDP];
  return kind === 'partition' && port === undefined ? [TCP, UDP, ICMP, ICMPV6] : [TCP, UDP];
}

/** Bytes as a text, one character each: cheap to make, and comparable. */
function key(address: string): string {
  return addressBytes(address)?.toString('latin1') ?? '';
}

function source({ bytes, headers: { version, sourceAt } }: WirePacket): string {
  return bytes.toString('latin1', sourceAt, sourceAt + (version === 4 ? 4 : 16));
}
