import type { WirePacket } from './packet.ts';

/** The fragments of one datagram that have come so far. */
interface Gathered {
  readonly pieces: WirePacket[];
  readonly sinceNs: number;
  /** In bytes, without what comes before the fragment. */
  length: number;
  whole: number | undefined;
}

/** Datagrams that are not yet whole, at most. */
const MOST = 64;
/** One whose rest has not come by then has lost it on the way. */
const PATIENCE_NS = 100e6;

/**
 * Puts together what becomes of the fragments of an IPv6 datagram: without one of them the others are of no use to the host, as over
 * IPv4, where the kernel has put them together by then. A datagram meets the faults when its last fragment has come.
 */
export class Reassembly {
  readonly #gathered = new Map<string, Gathered>();

  /** When there is something that has waited for long enough; undefined for never. */
  get nextNs(): number | undefined {
    const [first] = this.#gathered.values();
    return first && first.sinceNs + PATIENCE_NS;
  }

  /**
   * @returns what can go on now: a packet that is no fragment, or a datagram that is whole, as its first fragment with the `rest`. A later
   * fragment whose first has not come, as when that was there before any fault, goes on alone.
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

  /** What no longer waits for its rest: it goes on fragment by fragment. */
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
