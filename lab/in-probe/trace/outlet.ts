import { createWriteStream } from 'node:fs';
import type { TraceLine } from '../../model/trace-line.ts';

const STDOUT = 1;
/** How many bytes may wait for a slow reader. */
const WAITING_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Prints lines of JSON, and never waits for their reader: strace, and so the host, would wait too. What does not fit is left out
 * and counted, as `{ "missed": 3 }`. `process.stdout` is not suitable: on a pipe it blocks.
 */
export class Outlet {
  readonly #stream = createWriteStream('', { fd: STDOUT, highWaterMark: 64 * 1024 });
  #missed = 0;

  constructor() {
    // The reader has ended; then standard input ends, too, and with it this process.
    this.#stream.on('error', () => undefined);
  }

  print(items: readonly TraceLine[]): void {
    if (items.length === 0) return;
    if (this.#stream.writableLength > WAITING_BYTES_MAX) {
      this.#missed += items.length;
      return;
    }
    const news = this.#missed > 0 ? [{ missed: this.#missed }, ...items] : items;
    this.#missed = 0;
    this.#stream.write(news.map(lineOf).join(''));
  }

  /** Prints what must not be left out, and calls `then` once it can be read, even if this process is killed. */
  deliver(item: TraceLine, then: () => void): void {
    this.#stream.write(lineOf(item), (error) => {
      if (!error) then();
    });
  }

  end(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(() => resolve()));
  }
}

function lineOf(item: TraceLine): string {
  return `${JSON.stringify(item)}\n`;
}
