import { LruMap } from '../../util/lru-map.ts';

/** Peers that something waits for. */
const PEERS_MAX = 10_000;
/** What waits for one peer. */
const ITEMS_MAX = 1024;

/** What waits for its counterpart, by host and peer, in the order in which it came; bounded, as that may never come. */
export class WaitingLists<T> {
  readonly #lists = new LruMap<string, T[]>(PEERS_MAX);
  readonly #isGone: (item: T) => boolean;

  /** @param isGone whether something is no longer kept */
  constructor(isGone: (item: T) => boolean) {
    this.#isGone = isGone;
  }

  add(key: string, item: T): void {
    const list = this.#listOf(key) ?? [];
    list.push(item);
    if (list.length > ITEMS_MAX) list.shift();
    this.#lists.set(key, list);
  }

  /** The first of which it is true. */
  find(key: string, is: (item: T) => boolean): T | undefined {
    return this.#listOf(key)?.find(is);
  }

  /** The first of which it is true waits no longer. */
  take(key: string, is: (item: T) => boolean): T | undefined {
    return this.#takeAt(key, (list) => list.findIndex(is));
  }

  /** As `take`, but the last one. */
  takeLast(key: string, is: (item: T) => boolean): T | undefined {
    return this.#takeAt(key, (list) => list.findLastIndex(is));
  }

  #takeAt(key: string, find: (list: T[]) => number): T | undefined {
    const list = this.#listOf(key);
    if (list === undefined) return undefined;
    const at = find(list);
    const [found] = at < 0 ? [] : list.splice(at, 1);
    if (list.length === 0) this.#lists.delete(key);
    return found;
  }

  #listOf(key: string): T[] | undefined {
    const list = this.#lists.get(key);
    while (list?.[0] !== undefined && this.#isGone(list[0])) list.shift();
    return list;
  }
}
