import { PassThrough } from 'node:stream';
import type { Output } from '../model/observer-protocol.ts';

/** How many bytes of an output may wait for a reader. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024;

/** What a program asks of its observer. */
export type Request = 'end' | 'pause' | 'resume';

/** A program that an observer runs beside a host. While more than 8 MiB wait to be read, it is paused. */
export class ObservedProgram {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  /** Resolves as soon as it runs, or cannot: false if its host has ended. */
  readonly isStarted: Promise<boolean>;
  /** Resolves when it has ended; 137 also if its observer was killed. Rejects if the engine has gone away. */
  readonly exitCode: Promise<number>;
  readonly #request: (request: Request) => void;
  readonly #input: (text: string) => void;
  readonly #start = Promise.withResolvers<boolean>();
  readonly #exit = Promise.withResolvers<number>();
  #isPaused = false;
  #isEnding = false;

  /** @param input writes to its standard input */
  constructor(request: (request: Request) => void, input: (text: string) => void) {
    this.#request = request;
    this.#input = input;
    this.isStarted = this.#start.promise;
    this.exitCode = this.#exit.promise;
    this.exitCode.catch(() => {}); // reported to those who wait for it
    for (const output of [this.stdout, this.stderr]) output.on('drain', () => this.#resume());
  }

  write(text: string): void {
    this.#input(text);
  }

  /** Closes its standard input: it is to end. What it prints is taken from then on, whether it is read or not. */
  end(): void {
    this.#isEnding = true;
    this.#request('end');
  }

  hasBegun(isStarted: boolean): void {
    this.#start.resolve(isStarted);
  }

  take(output: Output, data: Buffer): void {
    const stream = this[output];
    stream.write(data);
    const isFull = stream.writableLength + stream.readableLength > WAITING_BYTES_MAX;
    if (!isFull || this.#isPaused || this.#isEnding) return;
    this.#isPaused = true;
    this.#request('pause');
  }

  hasEnded(exitCode: number | Promise<number>): void {
    this.#start.resolve(true);
    this.stdout.end();
    this.stderr.end();
    this.#exit.resolve(exitCode);
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#request('resume');
  }
}
