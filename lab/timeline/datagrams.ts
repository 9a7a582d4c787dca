import type { ConversationDraft } from './conversation-draft.ts';
import type { PacketDraft } from './draft.ts';

const DATAGRAMS_MAX = 1024;

/** Datagrams that came in fragments: which conversation each is of. */
export class Datagrams {
  readonly #known = new Map<string, ConversationDraft>();
  readonly #waiting = new Map<string, PacketDraft[]>();

  find(key: string): ConversationDraft | undefined {
    const found = this.#known.get(key);
    return found?.isForgotten ? undefined : found;
  }

  /** A fragment that came before the first one. */
  wait(key: string, draft: PacketDraft): void {
    keep(this.#waiting, key, [...(this.#waiting.get(key) ?? []), draft].slice(-DATAGRAMS_MAX));
  }

  /** The first fragment has come. @returns those that came before it */
  know(key: string, conversation: ConversationDraft): PacketDraft[] {
    keep(this.#known, key, conversation);
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    return waiting;
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= DATAGRAMS_MAX) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    break;
  }
}
