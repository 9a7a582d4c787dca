import { type Due, DueQueue } from './due-queue.ts';
import type { Fault } from './fault.ts';
import type { Journey } from './journey.ts';
import type { WirePacket } from './packet.ts';
import type { Share } from './tally.ts';

type Waiting = Pick<Wait, 'fault' | 'journey' | 'share'>;

/** A packet that waits at a fault to be let go: since its journey's `atNs`. */
export interface Wait {
  /** Counts up from 1. */
  readonly number: number;
  readonly fault: Fault;
  readonly journey: Journey;
  /** Of its packets on the line, those that the fault is for. */
  readonly share: Share;
  /** How long it waits at most; undefined for ever. */
  readonly limitNs: number | undefined;
}

/** A packet leaves, or has waited for long enough. */
export interface Turn extends Due {
  readonly journey: Journey;
  /** Of a packet that waits. */
  readonly wait?: Wait;
}

/** The packets that are kept back: those that are delayed, until their time has come, and those that wait to be let go. */
export class InFlight {
  readonly #capacity: number;
  readonly #turns = new DueQueue<Turn>();
  /** Oldest first. */
  readonly #waits = new Map<WirePacket, Wait>();
  #delayed = 0;
  #waited = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#delayed + this.#waits.size;
  }

  get isFull(): boolean {
    return this.size >= this.#capacity;
  }

  /** When {@link take} has something next; undefined for never. */
  get nextNs(): number | undefined {
    return this.#turns.next?.dueNs;
  }

  /** Keeps a packet that has met all faults until its time has come. */
  delay(journey: Journey): void {
    this.#delayed += 1;
    this.#turns.add({ journey, dueNs: journey.atNs });
  }

  /** Keeps a packet until it is let go, or until `untilNs`. */
  wait({ fault, journey, share }: Waiting, untilNs: number | undefined): void {
    this.#waited += 1;
    fault.waiting += 1;
    const limitNs = untilNs === undefined ? undefined : untilNs - journey.atNs;
    const wait = { number: this.#waited, fault, journey, share, limitNs };
    this.#waits.set(journey.packet, wait);
    if (untilNs !== undefined) this.#turns.add({ journey, wait, dueNs: untilNs });
  }

  /** The next packet whose time has come. One with a wait may have been let go before. */
  take(nowNs: number): Turn | undefined {
    const turn = this.#turns.take(nowNs);
    if (turn !== undefined && turn.wait === undefined) this.#delayed -= 1;
    return turn;
  }

  /** @returns whether it still waited. */
  end(wait: Wait): boolean {
    const { fault, journey } = wait;
    if (this.waitOf(journey.packet) !== wait) return false;
    fault.waiting -= 1;
    return this.#waits.delete(journey.packet);
  }

  waitOf(packet: WirePacket): Wait | undefined {
    return this.#waits.get(packet);
  }

  waitsAt(fault: Fault): Wait[] {
    return fault.waiting === 0 ? [] : [...this.#waits.values()].filter((w) => w.fault === fault);
  }

  /** A fault is healed: what it delays is sooner by what is left of that delay. */
  release(fault: Fault, nowNs: number): void {
    for (const { journey } of this.#waits.values()) journey.release(fault, nowNs);
    this.#turns.revise((turn) => {
      const { journey, wait } = turn;
      if (wait === undefined) journey.release(fault, nowNs);
      turn.dueNs = journey.atNs + (wait?.limitNs ?? 0);
    });
  }
}
