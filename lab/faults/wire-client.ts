import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { CommandName, CommandOf, Healed, WireReply } from '../model/wire-commands.ts';
import type { FaultStatus } from '../model/wire-status.ts';

const OVER = 'the wire has ended';

/** The outer end of a connection to a wire: sends commands, and matches the replies to them. */
export class WireClient {
  /** Resolves when the wire has closed the connection; rejects when it sends something that is no reply. */
  readonly ended: Promise<void>;
  readonly #to: Writable;
  readonly #waiting = new Map<number, PromiseWithResolvers<WireReply>>();
  /** The outcome of each fault that was begun on this connection. */
  readonly #outcomes = new Map<string, PromiseWithResolvers<FaultStatus | undefined>>();
  #lastNumber = 0;
  #isOver = false;

  constructor(from: Readable, to: Writable) {
    this.#to = to;
    this.ended = this.#read(from);
  }

  /** @throws {Error} if the wire ends before it replies. */
  async send<Name extends CommandName>(command: CommandOf<Name>): Promise<WireReply<Name>> {
    if (this.#isOver) throw new Error(OVER);
    this.#lastNumber += 1;
    const n = this.#lastNumber;
    const reply = Promise.withResolvers<WireReply>();
    this.#waiting.set(n, reply);
    this.#to.write(`${JSON.stringify({ ...command, n })}\n`);
    return reply.promise as Promise<WireReply<Name>>;
  }

  /** What a fault that was begun on this connection did, once it is over; undefined if the wire ends without a report. */
  async outcome(fault: FaultStatus): Promise<FaultStatus | undefined> {
    return this.#outcomes.get(keyOf(fault))?.promise;
  }

  async #read(from: Readable): Promise<void> {
    try {
      for await (const line of createInterface({ input: from })) this.#take(JSON.parse(line));
    } finally {
      this.#isOver = true;
      for (const { reject } of this.#waiting.values()) reject(new Error(OVER));
      this.#waiting.clear();
      for (const { resolve } of this.#outcomes.values()) resolve(undefined);
    }
  }

  #take({ n, ...message }: { n: number } & (WireReply | Healed)): void {
    if ('healed' in message) {
      this.#outcomes.get(keyOf(message.healed))?.resolve(message.healed);
      return;
    }
    // At once, as the next line may report that the fault is over.
    for (const fault of begunBy(message)) this.#outcomes.set(keyOf(fault), Promise.withResolvers());
    this.#waiting.get(n)?.resolve(message);
    this.#waiting.delete(n);
  }
}

function begunBy(reply: WireReply): readonly FaultStatus[] {
  if ('fault' in reply) return [reply.fault];
  return 'faults' in reply ? reply.faults : [];
}

/** Distinguishes faults with the same id, which may be reused. */
const keyOf = ({ id, startedAtNs }: FaultStatus) => `${id} ${startedAtNs}`;
