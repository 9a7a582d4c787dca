/** Packets stepped by hand from the page: one path is held at a time, whichever page began it, and all pages see it. */

import type { HoldOptions } from '../lab/index.ts';
import { describePacket, SequenceNumbers } from '../lab/index.ts';
import type { Actions, WaitingPacket, WaitingPackets } from './actions.ts';
import type { DecisionMessage, HeldList, HeldMessage } from './messages.ts';

/** The most held packets that the page lists at a time. */
const LISTED_MAX = 50;
/** So long the end of a page waits for the end of a hold. */
const END_MS = 2000;

export class Stepping implements AsyncDisposable {
  readonly #actions: Actions;
  /** Called when what waits has changed. */
  readonly #onChange: () => void;
  #hold: WaitingPackets | undefined;
  #path: Pick<HoldOptions, 'from' | 'to'> | undefined;
  readonly #waiting = new Map<number, { held: WaitingPacket; message: HeldMessage }>();
  #lastNumber = 0;
  /** Two pages must not hold at once, or the first hold would never end. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(actions: Actions, onChange: () => void) {
    this.#actions = actions;
    this.#onChange = onChange;
  }

  get list(): HeldList | null {
    if (this.#path === undefined) return null;
    const { from, to } = this.#path;
    const longest = this.#waiting.values().take(LISTED_MAX);
    const packets = [...longest].map(({ message }) => message);
    return { from, to, waiting: this.#waiting.size, packets };
  }

  /** Holds a path; packets that were held before are released. */
  hold(options: HoldOptions): Promise<void> {
    return this.#inTurn(() => this.#begin(options));
  }

  /** Ends the hold: what still waits is delivered. */
  release(): Promise<void> {
    return this.#inTurn(() => this.#end());
  }

  async #begin(options: HoldOptions): Promise<void> {
    await this.#end();
    const hold = await this.#actions.hold(options);
    this.#hold = hold;
    this.#path = { from: options.from, to: options.to };
    this.#onChange();
    // What goes wrong ends the hold, and is seen by its end.
    void this.#collect(hold)
      .catch(() => undefined)
      .then(() => this.#inTurn(async () => this.#hold === hold && (await this.#end())))
      .catch(() => undefined);
  }

  async #end(): Promise<void> {
    const hold = this.#hold;
    this.#hold = undefined;
    this.#waiting.clear();
    try {
      await hold?.[Symbol.asyncDispose]();
    } finally {
      // Not before: until then the path is held.
      this.#path = undefined;
      this.#onChange();
    }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** @throws {RangeError} for a packet that does not wait. */
  async decide({ number, ...decision }: DecisionMessage): Promise<void> {
    const waiting = this.#waiting.get(number);
    if (waiting === undefined) {
      throw new RangeError(`Cannot ${decision.action} packet ${number}: it is not waiting`);
    }
    const hold = this.#hold;
    // Taken out first: two pages cannot both decide.
    this.#waiting.delete(number);
    this.#onChange();
    try {
      await waiting.held.decide(decision);
    } catch (error) {
      // It waits on, as long as its hold does.
      if (this.#hold === hold) this.#waiting.set(number, waiting);
      this.#onChange();
      throw error;
    }
  }

  async #collect(hold: WaitingPackets): Promise<void> {
    const numbers = new SequenceNumbers();
    for await (const held of hold) {
      if (this.#hold !== hold) return;
      this.#lastNumber += 1;
      const { from, to, identity, packet } = held;
      const words = describePacket(packet, numbers);
      const message = { number: this.#lastNumber, from, to, identity, packet, words };
      this.#waiting.set(message.number, { held, message });
      this.#onChange();
    }
  }

  /**
   * Ends the hold, but waits no longer than 2 s for that: one that is still beginning ends as soon as it has begun, or with this
   * process.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const late = Promise.withResolvers<void>();
    const deadline = setTimeout(late.resolve, END_MS);
    try {
      await Promise.race([this.release(), late.promise]);
    } finally {
      clearTimeout(deadline);
    }
  }
}
