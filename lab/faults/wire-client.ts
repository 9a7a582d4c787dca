import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { CommandName, CommandOf, Healed, WireReply } from '../model/wire-commands.ts';
import type { FaultStatus } from '../model/wire-status.ts';

const OVER = 'the wire has ended';

/** The outer end of a connection to a wire: sends commands, and matches the replies to them. */
export class WireClient {
  /** Resolves when the wire sends no more; rejects when it sends what is no reply. */
  readonly ended: Promise<void>;
  readonly #to: Writable;
  readonly #waiting = new Map<number, PromiseWithResolvers<WireReply>>();
  /** Of each fault that was begun here. */
  readonly #outcomes = new Map<string, PromiseWithResolvers<FaultStatus | undefined>>();
  #lastNumber = 0;
  #isOver = false;

  constructor(from: Readable, to: Writable) {
    this.#to = to;
    this.ended = this.#read(from);
  }

  /** @throws {Error} when the wire ends before it has replied. */
  async send<Name extends CommandName>(command: CommandOf<Name>): Promise<WireReply<Name>> {
    if (this.#isOver) throw new Error(OVER);
    this.#lastNumber += 1;
    const n = this.#lastNumber;
    const reply = Promise.withResolvers<WireReply>();
    this.#waiting.set(n, reply);
    this.#to.write(`${JSON.stringify({ ...command, n })}\n`);
    return reply.promise as Promise<WireReply<Name>>;
  }

  /** What a fault that was begun here did, once it is over, whoever ended it; nothing when the wire ends and has not told. */
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
    // Now, as the fault may be over in the next line.
    for (const fault of begunBy(message)) this.#outcomes.set(keyOf(fault), Promise.withResolvers());
    this.#waiting.get(n)?.resolve(message);
    this.#waiting.delete(n);
  }
}

function begunBy(reply: WireReply): readonly FaultStatus[] {
  if ('fault' in reply) return [reply.fault];
  return 'faults' in reply ? reply.faults : [];
}

/** An id may be used again. */
const keyOf = ({ id, startedAtNs }: FaultStatus) => `${id} ${startedAtNs}`;
