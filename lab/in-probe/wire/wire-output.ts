/**
 * What the program prints while it runs: one JSON object a line.
 *
 *     fate ──▶ at most `perSecond` of each ──┐
 *     ready, fault, omission ────────────────┴──▶ at most 1 MiB that is not read yet ──▶ standard output
 *
 * It never waits for its reader: what is too much is left out, counted by fault and fate, and reported as an omission.
 */
import { EventEmitter, once } from 'node:events';
import { write } from 'node:fs';
import type { FateEvent, FaultEvent, OmissionEvent, PacketFate } from '../../model/event.ts';

const UNREAD_LIMIT = 2 ** 20;
const SECOND_MS = 1000;

/** The wire takes over the host's packets. */
interface ReadyLine {
  readonly kind: 'ready';
  readonly host: string;
  readonly queue: number;
  readonly socket: string;
}

/** The wire was killed: packets pass, and its faults are over. */
interface KilledLine {
  readonly kind: 'killed';
  readonly host: string;
}

export type WireLine = ReadyLine | KilledLine | FateEvent | FaultEvent | OmissionEvent;

/** The packet of a fate, and its details. */
type About = Pick<FateEvent, 'arrivedAtNs' | 'packet' | 'isChecksumFixed'>;

type Counts = Map<PacketFate, number>;

export interface WireOutputOptions {
  readonly host: string;
  /** The real-time clock, nanoseconds. */
  readonly clock: () => bigint;
  /** How many packets of each fate are reported a second: many delivered ones do not displace lost ones. Default 500. */
  readonly perSecond?: number;
  /** Default: standard output. */
  readonly fd?: number;
}

export class WireOutput {
  readonly #options: Required<WireOutputOptions>;
  readonly #events = new EventEmitter<{ flushed: [] }>();
  #unwritten = '';
  #isWriting = false;
  #reported: Counts = new Map();
  /** By fault, whose id may be any word, `__proto__` too. */
  #omitted = new Map<string, Counts>();
  /** When the first of them was left out. */
  #omittedSince = '';
  #second: NodeJS.Timeout | undefined;

  constructor(options: WireOutputOptions) {
    this.#options = { perSecond: 500, fd: 1, ...options };
  }

  /** Reports one fate, or counts it. `about` is called only if it is reported. */
  fate(fate: PacketFate, fault: string, about: () => About): void {
    this.#second ??= setTimeout(() => this.#endSecond(), SECOND_MS).unref();
    const reported = this.#reported.get(fate) ?? 0;
    if (reported >= this.#options.perSecond || this.#unwritten.length > UNREAD_LIMIT) {
      if (this.#omitted.size === 0) this.#omittedSince = this.#here.atNs;
      const counts: Counts = this.#omitted.getOrInsertComputed(fault, () => new Map());
      counts.set(fate, (counts.get(fate) ?? 0) + 1);
      return;
    }
    this.#reported.set(fate, reported + 1);
    this.line({ ...this.#here, kind: 'fate', fate, fault, ...about() });
  }

  /** Reports that a fault began or ended. */
  fault(event: Omit<FaultEvent, 'kind' | 'atNs' | 'host'>): void {
    this.line({ ...this.#here, kind: 'fault', ...event });
  }

  line(line: WireLine): void {
    this.#unwritten += `${JSON.stringify(line)}\n`;
    this.#write();
  }

  /** Reports what was left out so far. */
  close(): void {
    clearTimeout(this.#second);
    this.#endSecond();
  }

  /** Resolves when everything is written, or after `timeoutMs`: a reader may be stuck. */
  async flushed(timeoutMs: number): Promise<void> {
    if (!this.#isWriting) return;
    const signal = AbortSignal.timeout(timeoutMs);
    await once(this.#events, 'flushed', { signal }).catch(() => {});
  }

  get #here(): { atNs: string; host: string } {
    const { host, clock } = this.#options;
    return { atNs: String(clock()), host };
  }

  #endSecond(): void {
    this.#second = undefined;
    this.#reported.clear();
    // Kept until there is a reader.
    if (this.#omitted.size === 0 || this.#unwritten.length > UNREAD_LIMIT) return;
    const byFault = [...this.#omitted].map(([id, counts]) => [id, Object.fromEntries(counts)]);
    const omitted = Object.fromEntries(byFault);
    this.#omitted.clear();
    this.line({ ...this.#here, kind: 'omission', sinceNs: this.#omittedSince, omitted });
  }

  #write(): void {
    if (this.#isWriting) return;
    if (this.#unwritten === '') {
      this.#events.emit('flushed');
      return;
    }
    this.#isWriting = true;
    const bytes = Buffer.from(this.#unwritten);
    this.#unwritten = '';
    this.#writeAll(bytes);
  }

  #writeAll(bytes: Buffer): void {
    write(this.#options.fd, bytes, 0, bytes.length, null, (error, written) => {
      // There is no reader any more: the wire goes on unobserved.
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
