import type { WirePacket } from './packet.ts';

/** The fragments of one datagram that have arrived so far. */
interface Gathered {
  readonly pieces: WirePacket[];
  readonly sinceNs: number;
  /** Of the data in the fragments, in bytes. */
  length: number;
  whole: number | undefined;
}

/** The most incomplete datagrams. */
const MOST = 64;
/** If the rest of a datagram has not arrived by then, it was lost. */
const PATIENCE_NS = 100e6;

/**
 * Reassembles the fragments of an IPv6 datagram, so that they share one fate: without one of them, the others are useless to the
 * host. Over IPv4, the kernel has reassembled them before. A datagram meets the faults when its last fragment has arrived.
 */
export class Reassembly {
  readonly #gathered = new Map<string, Gathered>();

  /** When the oldest datagram has waited long enough; undefined if there is none. */
  get nextNs(): number | undefined {
    const [first] = this.#gathered.values();
    return first && first.sinceNs + PATIENCE_NS;
  }

  /**
   * @returns what can go on now: a packet that is not a fragment, or a complete datagram, as its first fragment with the `rest`. A
   * later fragment whose first one is unknown, for example because it arrived before any fault, goes on alone.
   */
  take(packet: WirePacket, nowNs: number): WirePacket | undefined {
    const { fragment } = packet.headers;
    if (fragment === undefined) return packet;
    const key = keyOf(packet);
    const gathered = this.#gathered.get(key);
    if (gathered === undefined && fragment.offset > 0) return packet;
    const one = gathered ?? { pieces: [], sinceNs: nowNs, length: 0, whole: undefined };
    this.#gathered.set(key, one);
    const length = packet.headers.end - fragment.dataAt;
    one.pieces.push(packet);
    one.length += length;
    if (fragment.isLast) one.whole = fragment.offset + length;
    if (one.length !== one.whole) return undefined;
    this.#gathered.delete(key);
    return together(one.pieces);
  }

  /** The fragments of datagrams that no longer wait for their rest: they go on one by one. */
  giveUp(nowNs = Number.POSITIVE_INFINITY): WirePacket[] {
    const late = [...this.#gathered].filter(
      ([, { sinceNs }], index) =>
        nowNs - sinceNs >= PATIENCE_NS || index < this.#gathered.size - MOST,
    );
    for (const [key] of late) this.#gathered.delete(key);
    return late.flatMap(([, { pieces }]) => pieces);
  }
}

function together([first, ...others]: WirePacket[]): WirePacket | undefined {
  if (first === undefined) return undefined;
  const onLine = [first, ...others].flatMap((piece) => piece.onLine);
  return { ...first, onLine, rest: others };
}

/** Source, destination and identification (RFC 8200, section 4.5). */
function keyOf({ bytes, headers: { sourceAt, fragment } }: WirePacket): string {
  return `${bytes.toString('latin1', sourceAt, sourceAt + 32)}${fragment?.id}`;
}
