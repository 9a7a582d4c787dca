import { LruMap } from '../../util/lru-map.ts';
import type { ConversationRecord } from '../records/conversation-record.ts';
import type { PacketRecord } from '../records/packet-record.ts';

const DATAGRAMS_MAX = 1024;
/** Fragments of one: 65,535 bytes (RFC 791, section 3.1), 552 of them in each (RFC 1122, section 3.3.3). */
const FRAGMENTS_MAX = 128;

/** Fragmented datagrams: which conversation each belongs to. */
export class Fragments {
  readonly #known = new LruMap<string, ConversationRecord>(DATAGRAMS_MAX);
  readonly #waiting = new LruMap<string, PacketRecord[]>(DATAGRAMS_MAX);

  find(key: string): ConversationRecord | undefined {
    const found = this.#known.get(key);
    return found?.isForgotten ? undefined : found;
  }

  /** A fragment that came before the first one. */
  wait(key: string, record: PacketRecord): void {
    const others = this.#waiting.peek(key) ?? [];
    const waiting = [...others.filter(({ isForgotten }) => !isForgotten), record];
    this.#waiting.set(key, waiting.slice(-FRAGMENTS_MAX));
  }

  /** The first fragment has come. @returns those that came before it */
  know(key: string, conversation: ConversationRecord): PacketRecord[] {
    this.#known.set(key, conversation);
    const waiting = this.#waiting.peek(key) ?? [];
    this.#waiting.delete(key);
    return waiting;
  }
}
