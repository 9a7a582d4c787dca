import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Host } from '../../lab/index.ts';

/** Of each of the two; a program may print without end. */
const KEPT_BYTES_MAX = 2 ** 20;

/** What a program has printed, byte for byte: as much of the beginning as is kept. */
export interface Output {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** What a program prints from now on. */
export class OutputReader {
  /** Resolves when the program has ended, and all that it printed has been read. */
  readonly ended: Promise<void>;
  readonly #stdout: () => Buffer;
  readonly #stderr: () => Buffer;

  private constructor(stdout: Readable, stderr: Readable) {
    this.#stdout = beginningOf(stdout);
    this.#stderr = beginningOf(stderr);
    const ends = [stdout, stderr].map((stream) => finished(stream));
    this.ended = Promise.allSettled(ends).then(() => undefined);
  }

  static async start(host: Host): Promise<OutputReader> {
    const { stdout, stderr } = await host.output();
    return new OutputReader(stdout, stderr);
  }

  /** So far. */
  get output(): Output {
    return { stdout: this.#stdout(), stderr: this.#stderr() };
  }
}

/** Copied to one place: a program may print a million times one byte, and each chunk takes far more than that. */
function beginningOf(stream: Readable): () => Buffer {
  const kept = Buffer.alloc(KEPT_BYTES_MAX);
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    length += chunk.copy(kept, length);
  });
  return () => Buffer.from(kept.subarray(0, length));
}
