/**
 * How many packets a packet is on the line, as faults count those. A datagram longer than the MTU crosses the line as fragments:
 * over IPv4 the kernel has reassembled them before they are queued, over IPv6 the wire does ({@link Reassembly}). What the kernel
 * passes in one piece (segmentation offload), it segments before it queues it.
 *
 * Sources: RFC 791, section 3.2; RFC 8200, section 4.5. All fragments but the last have a multiple of 8 bytes.
 */
import { type Headers, TCP } from './headers.ts';

const FRAGMENT_HEADER = 8;
/** The smallest MTU of any line (RFC 8200, section 5). */
const LEAST_MTU = 1280;

/**
 * The length of each, with its IP header.
 *
 * @param mtuOf the MTU of the interface on which it arrived, in bytes; undefined if it is unknown
 */
export function lengthsOnLine(
  headers: Headers,
  mtuOf: () => number | undefined,
): readonly number[] {
  const { version, protocol, end, transportAt } = headers;
  if (end <= LEAST_MTU || protocol === TCP) return [end];
  const mtu = mtuOf() ?? end;
  if (end <= mtu) return [end];
  const header = version === 4 ? transportAt : transportAt + FRAGMENT_HEADER;
  const room = Math.floor((mtu - header) / 8) * 8;
  const payload = end - transportAt;
  return Array.from(
    { length: Math.ceil(payload / room) },
    (_, n) => header + Math.min(room, payload - n * room),
  );
}
