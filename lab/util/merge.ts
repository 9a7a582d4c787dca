import { once, setMaxListeners } from 'node:events';
import { PassThrough } from 'node:stream';

/** How many items may wait for a reader before their sources are paused. */
const WAITING_MAX = 1024;

/** Several sources as one stream, in the order of arrival; sources can be added while it is read. */
export class MergedStream<T> implements AsyncIterable<T> {
  readonly #merged = new PassThrough({ objectMode: true, highWaterMark: WAITING_MAX });
  /** Aborted when no more items are taken, so that no source waits for room. */
  readonly #over = new AbortController();

  constructor() {
    // Each source may wait for room.
    setMaxListeners(0, this.#merged, this.#over.signal);
    this.#merged.once('close', () => this.#over.abort());
    // Errors are reported to a reader, now or later.
    this.#merged.on('error', () => {});
  }

  /** Adds a source. Resolves when it has ended; its error ends the whole stream. */
  async add(source: AsyncIterable<T>): Promise<void> {
    try {
      for await (const item of source) await this.push(item);
    } catch (error) {
      this.#merged.destroy(error as Error);
    }
  }

  /** Adds one item. Resolves when there is room for more. */
  async push(item: T): Promise<void> {
    if (this.#merged.destroyed || this.#merged.writableEnded) return;
    if (this.#merged.write(item)) return;
    // An error is reported to the reader.
    await once(this.#merged, 'drain', { signal: this.#over.signal }).catch(() => {});
  }

  /** Ends the stream after the items so far; later ones are left out. */
  end(): void {
    this.#merged.end();
    this.#over.abort();
  }

  /** Ends the stream at once, with an error if given. */
  destroy(error?: Error): void {
    this.#merged.destroy(error);
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.#merged[Symbol.asyncIterator]();
  }
}

/** Several sources as one stream, in the order of arrival. It ends when all have ended, or one has failed. */
export function merge<T>(sources: readonly AsyncIterable<T>[]): MergedStream<T> {
  const merged = new MergedStream<T>();
  void Promise.all(sources.map((source) => merged.add(source))).then(() => merged.end());
  return merged;
}
