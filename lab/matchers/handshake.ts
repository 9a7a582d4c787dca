import type { PacketEvent } from '../model/event.ts';
import type { Tcp } from '../model/packet.ts';

/** Which connections count: those between two hosts, by their addresses. */
export interface ConnectionFilter {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The destination port. Default: any. */
  readonly port?: number;
}

/** A connection that is being opened: the initial sequence numbers, as far as they were seen. */
interface Opening {
  readonly syn: number;
  readonly synAck?: number;
}

const SEQUENCE_NUMBERS = 2 ** 32;

/**
 * Looks for the three segments that open a TCP connection (RFC 9293, section 3.5), in the packets at one host.
 *
 *     from ── SYN, seq x ─────────────▶ to
 *     from ◀─ SYN-ACK, seq y, ack x+1 ─ to
 *     from ── ACK, ack y+1 ───────────▶ to
 */
export class Handshake {
  /** The last segment of the connection that got furthest. */
  furthest: 'nothing' | 'SYN' | 'SYN-ACK' | 'ACK' = 'nothing';
  readonly #filter: ConnectionFilter;
  readonly #openings = new Map<string, Opening>();

  constructor(filter: ConnectionFilter) {
    this.#filter = filter;
  }

  /** Whether a packet belongs to the conversation, in either direction. */
  concerns({ packet }: PacketEvent): boolean {
    const ip = packet.ipv4 ?? packet.ipv6;
    if (ip === undefined || packet.tcp === undefined) return false;
    return this.#isThere(ip, packet.tcp) || this.#isBack(ip, packet.tcp);
  }

  /** Takes the next packet. @returns whether the handshake is complete now */
  add({ packet }: PacketEvent): boolean {
    const ip = packet.ipv4 ?? packet.ipv6;
    if (ip === undefined || packet.tcp === undefined) return false;
    if (this.#isThere(ip, packet.tcp)) return this.#addThere(ip, packet.tcp);
    if (this.#isBack(ip, packet.tcp)) this.#addBack(ip, packet.tcp);
    return false;
  }

  #addThere({ source, destination }: Addresses, tcp: Tcp): boolean {
    const key = `${source} ${tcp.sourcePort} ${destination} ${tcp.destinationPort}`;
    if (tcp.flags.syn) {
      if (tcp.flags.ack) return false; // the answer to a connection in the other direction
      const opening = this.#openings.get(key);
      if (opening?.syn !== tcp.sequenceNumber) {
        this.#openings.set(key, { syn: tcp.sequenceNumber });
      }
      if (this.furthest === 'nothing') this.furthest = 'SYN';
      return false;
    }
    const synAck = this.#openings.get(key)?.synAck;
    const isWhole =
      synAck !== undefined &&
      tcp.flags.ack &&
      !tcp.flags.rst &&
      tcp.acknowledgmentNumber === after(synAck);
    if (isWhole) this.furthest = 'ACK';
    return isWhole;
  }

  #addBack({ source, destination }: Addresses, tcp: Tcp): void {
    const key = `${destination} ${tcp.destinationPort} ${source} ${tcp.sourcePort}`;
    const opening = this.#openings.get(key);
    if (!(opening && tcp.flags.syn && tcp.flags.ack)) return;
    if (tcp.acknowledgmentNumber !== after(opening.syn)) return;
    this.#openings.set(key, { ...opening, synAck: tcp.sequenceNumber });
    this.furthest = 'SYN-ACK';
  }

  #isThere({ source, destination }: Addresses, tcp: Tcp): boolean {
    const { from, to, port = tcp.destinationPort } = this.#filter;
    return from.includes(source) && to.includes(destination) && tcp.destinationPort === port;
  }

  #isBack({ source, destination }: Addresses, tcp: Tcp): boolean {
    const { from, to, port = tcp.sourcePort } = this.#filter;
    return to.includes(source) && from.includes(destination) && tcp.sourcePort === port;
  }
}

interface Addresses {
  readonly source: string;
  readonly destination: string;
}

function after(sequenceNumber: number): number {
  return (sequenceNumber + 1) % SEQUENCE_NUMBERS;
}
