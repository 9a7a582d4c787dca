import { hash } from 'node:crypto';
import { type HeldPacket, type Packet, packetPayload } from '../../lab/index.ts';
import { LruMap } from '../../lab/util/lru-map.ts';

/** So many packets are remembered: far more than wait to be acknowledged or answered, and only such come again. */
const KNOWN_MAX = 10_000;

export type Shown = Pick<HeldPacket, 'from' | 'to' | 'packet' | 'identity'>;

/** Knows which packets were there before, by their numbers. */
export class PacketRepeats {
  readonly #copies = new LruMap<string, number>(KNOWN_MAX);
  readonly #contents = new LruMap<string, number>(KNOWN_MAX);

  /** What a packet repeats, in words, if anything: `a copy of packet 1`. */
  wordsOf(shown: Shown, number: number): string | undefined {
    const content = contentOf(shown);
    if (content === undefined) return undefined;
    const copy = `${shown.identity.ipId} ${content}`;
    const copied = hasNumber(shown.packet) ? this.#copies.get(copy) : undefined;
    const repeated = this.#contents.get(content);
    if (copied === undefined) this.#copies.set(copy, number);
    if (repeated === undefined) this.#contents.set(content, number);
    if (copied !== undefined) return `a copy of packet ${copied}`;
    if (repeated === undefined) return undefined;
    return shown.packet.tcp ? `packet ${repeated}, sent again` : `as packet ${repeated}`;
  }
}

/** Only IPv4 numbers its packets; 0 is no number (RFC 6864). */
const hasNumber = ({ ipv4 }: Packet) => ipv4 !== undefined && ipv4.identification !== 0;

/** The same for all packets that say the same; undefined where that means nothing. */
function contentOf({ identity, packet }: Shown): string | undefined {
  const { tcp, payloadLength } = packet;
  const { ipId: _ipId, ...same } = identity;
  if (tcp === undefined) return JSON.stringify([same, hash('sha1', packetPayload(packet))]);
  const { syn, fin } = tcp.flags;
  // A pure ACK uses up no sequence number, and is never sent again (RFC 9293, section 3.4).
  if (!syn && !fin && payloadLength === 0) return undefined;
  return JSON.stringify([same, syn, fin]);
}
