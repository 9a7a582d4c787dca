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

function beginningOf(stream: Readable): () => Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, KEPT_BYTES_MAX - length);
    length += kept.length;
    if (kept.length > 0) chunks.push(kept);
  });
  return () => Buffer.concat(chunks);
}
