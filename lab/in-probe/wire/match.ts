import { addressBytes } from '../../model/address.ts';
import type { Limits } from '../../model/faults.ts';
import { ICMP, ICMPV6, TCP, UDP } from './headers.ts';
import type { WirePacket } from './packet.ts';

/** Tells how many of a packet's packets on the line match a fault's limits; called for each packet in the order of arrival. */
export function matcher(limits: Limits): (packet: WirePacket) => number {
  const { from, port, every = 1, first = Number.POSITIVE_INFINITY } = limits;
  const protocols = protocolsOf(limits);
  const sources = from === undefined ? undefined : new Set(from.map(key));
  let eligible = 0;
  let chosen = 0;
  return (packet) => {
    const { headers } = packet;
    if (protocols !== undefined && !protocols.includes(headers.protocol)) return 0;
    if (port !== undefined && headers.fromPort !== port && headers.toPort !== port) return 0;
    if (sources !== undefined && !sources.has(source(packet))) return 0;
    const before = chosen;
    for (let n = 0; n < packet.onLine.length; n += 1) {
      eligible += 1;
      if (chosen < first && eligible % every === 0) chosen += 1;
    }
    return chosen - before;
  };
}

const NUMBERS = { tcp: [TCP], udp: [UDP], icmp: [ICMP, ICMPV6] } as const;

/** Undefined for any protocol: the kernel's rules leave out what no fault is for. */
function protocolsOf({ protocol, port }: Limits): readonly number[] | undefined {
  if (protocol !== undefined) return NUMBERS[protocol];
  return port === undefined ? undefined : [TCP, UDP];
}

/** Bytes as a string, one character each: cheap to create and to compare. */
function key(address: string): string {
  return addressBytes(address)?.toString('latin1') ?? '';
}

function source({ bytes, headers: { version, sourceAt } }: WirePacket): string {
  return bytes.toString('latin1', sourceAt, sourceAt + (version === 4 ? 4 : 16));
}
