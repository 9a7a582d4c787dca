import { type Due, DueQueue } from './due-queue.ts';
import type { WirePacket } from './packet.ts';
import type { Share } from './tally.ts';
import type { Transit } from './transit.ts';
import type { WireFault } from './wire-fault.ts';

type Waiting = Pick<Wait, 'fault' | 'transit' | 'share'>;

/** A packet that waits at a fault to be released, since its transit's `atNs`. */
export interface Wait {
  /** Counts up from 1. */
  readonly number: number;
  readonly fault: WireFault;
  readonly transit: Transit;
  /** Those of its packets on the line that the fault matches. */
  readonly share: Share;
  /** The longest that it waits; undefined if it waits without limit. */
  readonly limitNs: number | undefined;
}

/** The time at which a packet leaves, or has waited long enough. */
interface Turn extends Due {
  readonly transit: Transit;
  /** Set if the packet waits. */
  readonly wait?: Wait;
}

/** How much can be in flight. */
export interface Capacity {
  readonly packets: number;
  /** Of the packets and of what the wire notes about each; a copy counts like its original. */
  readonly bytes: number;
}

/** The packets that are held back: those that are delayed until their time, and those that wait to be released. */
export class InFlight {
  readonly #capacity: Capacity;
  readonly #turns = new DueQueue<Turn>();
  /** Oldest first. */
  readonly #waits = new Map<WirePacket, Wait>();
  #delayed = 0;
  #waited = 0;
  #bytes = 0;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#delayed + this.#waits.size;
  }

  /** Whether there is no room for one more packet. */
  isFullFor({ packet }: Transit): boolean {
    const { packets, bytes } = this.#capacity;
    return this.size >= packets || this.#bytes + bytesOf(packet) > bytes;
  }

  /** When {@link take} has the next packet; undefined if there is none. */
  get nextNs(): number | undefined {
    return this.#turns.next?.dueNs;
  }

  /** Keeps a packet that has met all faults until its time. */
  delay(transit: Transit): void {
    this.#delayed += 1;
    this.#bytes += bytesOf(transit.packet);
    this.#turns.add({ transit, dueNs: transit.atNs });
  }

  /** Keeps a packet until it is released, or until `untilNs`. */
  wait({ fault, transit, share }: Waiting, untilNs: number | undefined): void {
    this.#waited += 1;
    this.#bytes += bytesOf(transit.packet);
    fault.waiting += 1;
    const limitNs = untilNs === undefined ? undefined : untilNs - transit.atNs;
    const wait = { number: this.#waited, fault, transit, share, limitNs };
    this.#waits.set(transit.packet, wait);
    if (untilNs !== undefined) this.#turns.add({ transit, wait, dueNs: untilNs });
  }

  /** The next packet that is due. If it was waiting, it may have been released before. */
  take(nowNs: number): Turn | undefined {
    const turn = this.#turns.take(nowNs);
    if (turn === undefined || turn.wait !== undefined) return turn;
    this.#delayed -= 1;
    this.#bytes -= bytesOf(turn.transit.packet);
    return turn;
  }

  /** @returns whether it was still waiting */
  end(wait: Wait): boolean {
    const { fault, transit } = wait;
    if (this.waitOf(transit.packet) !== wait) return false;
    fault.waiting -= 1;
    this.#bytes -= bytesOf(transit.packet);
    return this.#waits.delete(transit.packet);
  }

  waitOf(packet: WirePacket): Wait | undefined {
    return this.#waits.get(packet);
  }

  waitsAt(fault: WireFault): Wait[] {
    return fault.waiting === 0 ? [] : [...this.#waits.values()].filter((w) => w.fault === fault);
  }

  /** A fault is healed: what is left of its delays no longer counts. */
  release(fault: WireFault, nowNs: number): void {
    for (const { transit } of this.#waits.values()) transit.release(fault, nowNs);
    this.#turns.revise((turn) => {
      const { transit, wait } = turn;
      if (wait === undefined) transit.release(fault, nowNs);
      turn.dueNs = transit.atNs + (wait?.limitNs ?? 0);
    });
  }
}

/** What the wire notes about a packet, roughly: a datagram in fragments of eight bytes takes far more than its bytes. */
const NOTES_BYTES = 1024;

function bytesOf({ bytes, rest }: WirePacket): number {
  const own = bytes.length + NOTES_BYTES;
  return rest.reduce((sum, piece) => sum + piece.bytes.length + NOTES_BYTES, own);
}
