import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';

/** Items that may wait for whoever reads them, before their sources wait too. */
const WAITING_MAX = 4096;

/** One stream of what several give, as it comes. It ends when all of them have; an error of one ends it. */
export function merge<T>(sources: readonly AsyncIterable<T>[]): Readable & AsyncIterable<T> {
  const merged = new PassThrough({ objectMode: true, highWaterMark: WAITING_MAX });
  Promise.all(sources.map((source) => pour(source, merged))).then(
    () => merged.end(),
    (error: Error) => merged.destroy(error),
  );
  return merged;
}

async function pour<T>(source: AsyncIterable<T>, into: PassThrough): Promise<void> {
  for await (const item of source) {
    if (into.destroyed) return;
    if (!into.write(item)) await once(into, 'drain');
  }
}
