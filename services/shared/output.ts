/** Where a log is written to, without the service ever waiting for its reader. */
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a stuck reader does not take is dropped beyond this. */
const PENDING_BYTES_MAX = 1024 * 1024;
const END_DEADLINE_MS = 500;

export class Output {
  readonly #stream: Writable;
  #broken = false;

  /** @param stream standard output, say: a pipe's does not block, as libuv sees to that */
  constructor(stream: Writable) {
    this.#stream = stream;
    // A full disk, say, or a reader that has gone: the service goes on without its log.
    stream.on('error', () => {
      this.#broken = true;
    });
  }

  /** Whether it cannot be written to any more. */
  get broken(): boolean {
    return this.#broken;
  }

  write(line: string | Uint8Array): void {
    if (this.#broken || this.#stream.writableLength > PENDING_BYTES_MAX) return;
    this.#stream.write(line);
  }

  /** Resolves when all is written, or after 500 ms. */
  async end(): Promise<void> {
    const written = new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
    await Promise.race([written, sleep(END_DEADLINE_MS)]);
  }
}
