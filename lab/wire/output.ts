/**
 * What the program says while it runs: one JSON object a line.
 *
 *     ready | fate | summary ──▶ at most `perSecond` fates ──▶ at most 1 MiB that nobody has read yet ──▶ standard output
 *
 * It never waits for who reads it: what is too much is left out, counted by fault and fate, and told in a summary.
 */
import { write } from 'node:fs';
import type { FateEvent } from '../event.ts';

const UNREAD_LIMIT = 2 ** 20;
const SECOND_MS = 1000;

/** The wire takes over the host's packets. */
export interface ReadyLine {
  readonly kind: 'ready';
  readonly host: string;
  readonly queue: number;
  readonly socket: string;
}

/** What is not among the fates. */
export interface SummaryLine {
  readonly kind: 'summary';
  readonly atNs: string;
  readonly host: string;
  /** How many were left out since the last summary, such as `{ "loss-1": { "lost": 312 } }`. */
  readonly omitted: Readonly<Record<string, Partial<Record<FateEvent['fate'], number>>>>;
}

export type WireLine = ReadyLine | FateEvent | SummaryLine;

type Omitted = Record<string, Partial<Record<FateEvent['fate'], number>>>;

export interface OutputOptions {
  readonly host: string;
  /** The real-time clock, nanoseconds. */
  readonly clock: () => bigint;
  /** Fates that are told one by one, a second. Default 500. */
  readonly perSecond?: number;
  /** Default: standard output. */
  readonly fd?: number;
}

export class Output {
  readonly #options: Required<OutputOptions>;
  #unwritten = '';
  #isWriting = false;
  #told = 0;
  #omitted: Omitted = {};
  #second: NodeJS.Timeout | undefined;

  constructor(options: OutputOptions) {
    this.#options = { perSecond: 500, fd: 1, ...options };
  }

  /** Tells one fate, or counts it. The identity is asked for only if it is told. */
  fate(fate: FateEvent['fate'], fault: string, identity: () => FateEvent['packet']): void {
    this.#second ??= setTimeout(() => this.#endSecond(), SECOND_MS).unref();
    if (this.#told >= this.#options.perSecond || this.#unwritten.length > UNREAD_LIMIT) {
      const counts = this.#omitted[fault] ?? {};
      this.#omitted[fault] = { ...counts, [fate]: (counts[fate] ?? 0) + 1 };
      return;
    }
    this.#told += 1;
    const atNs = String(this.#options.clock());
    this.line({ atNs, host: this.#options.host, kind: 'fate', fate, fault, packet: identity() });
  }

  line(line: WireLine): void {
    this.#unwritten += `${JSON.stringify(line)}\n`;
    this.#write();
  }

  /** Tells what was left out so far. */
  close(): void {
    clearTimeout(this.#second);
    this.#endSecond();
  }

  /** Resolves when all is written, or after `timeoutMs`: a reader may be stuck. */
  async flushed(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while ((this.#isWriting || this.#unwritten !== '') && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #endSecond(): void {
    this.#second = undefined;
    this.#told = 0;
    // Kept until somebody reads.
    if (Object.keys(this.#omitted).length === 0 || this.#unwritten.length > UNREAD_LIMIT) return;
    const omitted = this.#omitted;
    this.#omitted = {};
    const { host, clock } = this.#options;
    this.line({ kind: 'summary', atNs: String(clock()), host, omitted });
  }

  #write(): void {
    if (this.#isWriting || this.#unwritten === '') return;
    this.#isWriting = true;
    const bytes = Buffer.from(this.#unwritten);
    this.#unwritten = '';
    this.#writeAll(bytes);
  }

  #writeAll(bytes: Buffer): void {
    write(this.#options.fd, bytes, 0, bytes.length, null, (error, written) => {
      // Nobody reads any more: the wire goes on without being watched.
      const isGone = error !== null && error.code !== 'EAGAIN';
      const rest = isGone ? Buffer.alloc(0) : bytes.subarray(written ?? 0);
      if (rest.length > 0) {
        setTimeout(() => this.#writeAll(rest), error === null ? 0 : 20).unref();
        return;
      }
      this.#isWriting = false;
      this.#write();
    });
  }
}
