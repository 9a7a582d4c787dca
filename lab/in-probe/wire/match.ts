import { addressBytes } from '../../model/address.ts';
import type { Limits } from '../../model/faults.ts';
import { ICMP, ICMPV6, TCP, UDP } from './headers.ts';
import type { WirePacket } from './packet.ts';

/** Says of each packet, in the order in which they come, for how many of the packets that it is on the line a fault is. */
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

/** Undefined for any: the kernel's rules leave out what is no fault's business. */
function protocolsOf({ protocol, port }: Limits): readonly number[] | undefined {
  if (protocol !== undefined) return NUMBERS[protocol];
  return port === undefined ? undefined : [TCP, UDP];
}

/** Bytes as a text, one character each: cheap to make, and comparable. */
function key(address: string): string {
  return addressBytes(address)?.toString('latin1') ?? '';
}

function source({ bytes, headers: { version, sourceAt } }: WirePacket): string {
  return bytes.toString('latin1', sourceAt, sourceAt + (version === 4 ? 4 : 16));
}
