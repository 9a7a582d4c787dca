import { setTimeout as sleep } from 'node:timers/promises';
import { Capture } from '../capture/capture.ts';
import type { PacketEvent } from '../model/event.ts';

/** One for each capture, so that each matcher sees what earlier ones have read. */
const known = new WeakMap<Capture, SeenPackets>();

/** The packets that a test has captured so far, live or in a list, and those to come. */
export class SeenPackets {
  /** The names of the captured hosts. */
  readonly hosts: readonly string[];
  readonly #events: PacketEvent[];
  readonly #more: AsyncIterator<PacketEvent> | undefined;
  #pending: Promise<boolean> | undefined;

  private constructor(hosts: readonly string[], seen: PacketEvent[], capture?: Capture) {
    this.hosts = hosts;
    this.#events = seen;
    this.#more = capture?.[Symbol.asyncIterator]();
  }

  /** @throws {TypeError} if it is neither a capture nor a list of events. */
  static of(subject: unknown, matcher: string): SeenPackets {
    if (subject instanceof Capture) {
      const seen = known.get(subject) ?? new SeenPackets(subject.hosts, [], subject);
      known.set(subject, seen);
      return seen;
    }
    if (!isEvents(subject)) {
      throw new TypeError(`${matcher} needs a Capture, or a list of the PacketEvents of one`);
    }
    return new SeenPackets([...new Set(subject.map(({ host }) => host))], subject);
  }

  /**
   * Passes every packet to `isEnough`, first those seen already, until it returns true.
   *
   * @returns whether it did, before the capture ended or `withinMs` milliseconds had passed
   */
  async until(isEnough: (event: PacketEvent) => boolean, withinMs: number): Promise<boolean> {
    const ending = new AbortController();
    const late = sleep(withinMs, false, { signal: ending.signal }).catch(() => false);
    try {
      for (let n = 0; ; n += 1) {
        if (n === this.#events.length && !(await Promise.race([late, this.#next()]))) return false;
        const event = this.#events[n];
        if (event !== undefined && isEnough(event)) return true;
      }
    } finally {
      ending.abort();
    }
  }

  /** Waits for one more packet; false if there are no more. A wait that was abandoned serves the next call. */
  #next(): Promise<boolean> {
    this.#pending ??= this.#read().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #read(): Promise<boolean> {
    const result = await this.#more?.next();
    if (result === undefined || result.done) return false;
    this.#events.push(result.value);
    return true;
  }
}

function isEvents(subject: unknown): subject is PacketEvent[] {
  return Array.isArray(subject) && subject.every(({ kind }) => kind === 'packet');
}
