import { once, setMaxListeners } from 'node:events';
import { PassThrough } from 'node:stream';

/** Items that may wait for whoever reads them, before their sources wait too. */
const WAITING_MAX = 1024;

/** One stream of what several give, as it comes; sources can join while it is read. */
export class MergedStream<T> implements AsyncIterable<T> {
  readonly #merged = new PassThrough({ objectMode: true, highWaterMark: WAITING_MAX });
  /** Aborted when no more is taken: then nobody need wait for room. */
  readonly #over = new AbortController();

  constructor() {
    // Each source may wait.
    setMaxListeners(0, this.#merged, this.#over.signal);
    this.#merged.once('close', () => this.#over.abort());
    // Told to whoever reads, now or later; nobody has to.
    this.#merged.on('error', () => {});
  }

  /** Adds a source. @returns when it has ended; an error of it ends the whole stream. */
  async add(source: AsyncIterable<T>): Promise<void> {
    try {
      for await (const item of source) await this.push(item);
    } catch (error) {
      this.#merged.destroy(error as Error);
    }
  }

  /** Adds one item. @returns when there is room for more. */
  async push(item: T): Promise<void> {
    if (this.#merged.destroyed || this.#merged.writableEnded) return;
    if (this.#merged.write(item)) return;
    // An error is for whoever reads.
    await once(this.#merged, 'drain', { signal: this.#over.signal }).catch(() => {});
  }

  /** Ends the stream behind what there is; what comes later is left out. */
  end(): void {
    this.#merged.end();
    this.#over.abort();
  }

  /** Ends the stream at once, with an error if there is one. */
  destroy(error?: Error): void {
    this.#merged.destroy(error);
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.#merged[Symbol.asyncIterator]();
  }
}

/** One stream of what several give, as it comes. It ends when all of them have; an error of one ends it. */
export function merge<T>(sources: readonly AsyncIterable<T>[]): MergedStream<T> {
  const merged = new MergedStream<T>();
  void Promise.all(sources.map((source) => merged.add(source))).then(() => merged.end());
  return merged;
}
