import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Reply } from './commands.ts';

const OVER = 'the wire has ended';

/** The other end of a session: gives a wire commands, and tells which reply is for which, as they may overtake each other. */
export class WireClient {
  /** Resolves when the wire sends no more; rejects when it sends what is no reply. */
  readonly ended: Promise<void>;
  readonly #to: Writable;
  readonly #waiting = new Map<number, PromiseWithResolvers<Reply>>();
  #lastNumber = 0;
  #isOver = false;

  constructor(from: Readable, to: Writable) {
    this.#to = to;
    this.ended = this.#read(from);
  }

  /** Whether a reply is still to come. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** @throws {Error} when the wire ends before it has replied. */
  async send(command: object): Promise<Reply> {
    if (this.#isOver) throw new Error(OVER);
    this.#lastNumber += 1;
    const n = this.#lastNumber;
    const reply = Promise.withResolvers<Reply>();
    this.#waiting.set(n, reply);
    this.#to.write(`${JSON.stringify({ ...command, n })}\n`);
    return reply.promise;
  }

  async #read(from: Readable): Promise<void> {
    try {
      for await (const line of createInterface({ input: from })) {
        const { n, ...reply } = JSON.parse(line);
        this.#waiting.get(n)?.resolve(reply);
        this.#waiting.delete(n);
      }
    } finally {
      this.#isOver = true;
      for (const { reject } of this.#waiting.values()) reject(new Error(OVER));
      this.#waiting.clear();
    }
  }
}
