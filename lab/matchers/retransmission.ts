import type { PacketEvent } from '../model/event.ts';
import type { ConnectionFilter } from './handshake.ts';

const SEQUENCE_NUMBERS = 2 ** 32;

/** How far the segments of one connection have come. */
interface Sent {
  /** The sequence number of its SYN, if that was seen. */
  readonly syn?: number;
  /** The sequence number behind the furthest segment. */
  next: number;
}

/**
 * Looks for a TCP segment that repeats an earlier one (RFC 9293, section 3.8.1): it begins before the end of what was sent, and
 * carries something, a SYN and a FIN included. Probes of an idle connection or a closed window carry nothing.
 */
export class Retransmission {
  readonly #filter: ConnectionFilter;
  readonly #connections = new Map<string, Sent>();

  constructor(filter: ConnectionFilter) {
    this.#filter = filter;
  }

  /** Whether a packet is a segment from the one host to the other. */
  concerns({ packet: { ipv4, ipv6, tcp } }: PacketEvent): boolean {
    const ip = ipv4 ?? ipv6;
    if (ip === undefined || tcp === undefined) return false;
    const { from, to, port = tcp.destinationPort } = this.#filter;
    return from.includes(ip.source) && to.includes(ip.destination) && tcp.destinationPort === port;
  }

  /** Takes the next segment. @returns whether it repeats an earlier one */
  add({ packet }: PacketEvent): boolean {
    const { tcp, payloadLength } = packet;
    const ip = packet.ipv4 ?? packet.ipv6;
    if (ip === undefined || tcp === undefined) return false;
    const { sequenceNumber, flags } = tcp;
    const length = payloadLength + Number(flags.syn) + Number(flags.fin);
    if (length === 0) return false;
    const key = `${ip.source} ${tcp.sourcePort} ${ip.destination} ${tcp.destinationPort}`;
    const end = (sequenceNumber + length) % SEQUENCE_NUMBERS;
    const sent = this.#connections.get(key);
    // The same ports can be used again, and the SYN of that has another sequence number.
    if (sent === undefined || (flags.syn && sent.syn !== sequenceNumber)) {
      this.#connections.set(key, flags.syn ? { syn: sequenceNumber, next: end } : { next: end });
      return false;
    }
    const isRepeated = isBefore(sequenceNumber, sent.next);
    if (isBefore(sent.next, end)) sent.next = end;
    return isRepeated;
  }
}

/** Sequence numbers wrap around (RFC 9293, section 3.4). */
function isBefore(one: number, other: number): boolean {
  return (
    one !== other && (other - one + SEQUENCE_NUMBERS) % SEQUENCE_NUMBERS < SEQUENCE_NUMBERS / 2
  );
}
