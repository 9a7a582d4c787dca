/**
 * A map of at most `max` entries: when it is full, the least recently used entry is evicted. Both `set` and `get` use an entry.
 *
 * @example
 * const names = new LruMap<string, string>(1000);
 * names.set('172.18.0.2', 'server');
 * names.get('172.18.0.2'); // 'server', and now the most recently used
 */
export class LruMap<Key, Value> {
  readonly #max: number;
  /** In the order of use: a map keeps the order of insertion. */
  readonly #entries = new Map<Key, Value>();
  /**
   * Stands before the oldest one, as all that it has passed is gone. One that begins anew passes over the gaps that they have left
   * in the map, which takes long to do each time; one that stands still keeps alive what the map has outgrown, and all in it.
   */
  #oldest: Iterator<Key, undefined> | undefined;
  #usedSince = 0;
  #latest: Key | undefined;

  /** @throws RangeError unless `max` is 1 or more */
  constructor(max: number) {
    if (!(max >= 1)) throw new RangeError(`max must be 1 or more, but is ${max}`);
    this.#max = max;
  }

  get size(): number {
    return this.#entries.size;
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#use(key, value);
    return value;
  }

  /** As `get`, but it does not count as use. */
  peek(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  /** @returns the entry that was evicted, if any */
  set(key: Key, value: Value): readonly [Key, Value] | undefined {
    if (key === this.#latest) this.#entries.set(key, value);
    else this.#use(key, value);
    return this.#entries.size > this.#max ? this.#letGo() : undefined;
  }

  delete(key: Key): boolean {
    if (key === this.#latest) this.#latest = undefined;
    return this.#entries.delete(key);
  }

  /** The least recently used first. */
  values(): IterableIterator<Value> {
    return this.#entries.values();
  }

  /** Looks at every entry. */
  deleteAll(is: (value: Value) => boolean): void {
    for (const [key, value] of this.#entries) if (is(value)) this.delete(key);
  }

  #use(key: Key, value: Value): void {
    if (key === this.#latest) return;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#latest = key;
    this.#usedSince += 1;
    if (this.#usedSince <= this.#entries.size) return;
    this.#usedSince = 0;
    this.#oldest = undefined;
  }

  #letGo(): readonly [Key, Value] | undefined {
    this.#oldest ??= this.#entries.keys();
    const { value: key, done } = this.#oldest.next();
    if (done) return undefined;
    const value = this.#entries.get(key) as Value;
    this.#entries.delete(key);
    return [key, value];
  }
}
