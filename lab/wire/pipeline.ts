/**
 * The faults in effect, one behind the other, and the packets that are on their way through them.
 *
 *     arrive ──▶ fault 1 ──▶ fault 2 ──▶ … ──▶ delayed? ──▶ outlet: deliver
 *                  │            │                 │
 *                  ▼            ▼                 ▼
 *                lose         wait          advance (time)
 *
 * All fates are decided in the order of arrival, at the moment of arrival: a delay only changes the time that the faults
 * behind it are told. So the fates depend on the sequence of packets alone, never on timers. Only what waits to be let go
 * meets the faults behind it when it is. Pure: the time comes in with each call.
 */
import type { FateEvent } from '../event.ts';
import { DueQueue } from './due-queue.ts';
import type { Fault } from './fault.ts';
import type { Fate } from './impairment.ts';
import type { WirePacket } from './packet.ts';

/** Where the pipeline ends. */
export interface Outlet {
  deliver(packet: WirePacket): void;
  lose(packet: WirePacket): void;
  /** Something that an observer may want to know. */
  note(fate: FateEvent['fate'], fault: Fault, packet: WirePacket): void;
}

interface Delay {
  readonly fault: Fault;
  readonly ns: number;
  readonly isCounted: boolean;
}

/** Where a packet is: before the fault at `index`, which it reaches at `atNs`. */
interface Leg {
  readonly packet: WirePacket;
  readonly index: number;
  readonly atNs: number;
  readonly delays: readonly Delay[];
}

/** A packet that is delayed, or the time up to which it waits. */
interface Journey {
  readonly packet: WirePacket;
  readonly delays: readonly Delay[];
  readonly isWait: boolean;
  dueNs: number;
}

/** A packet that waits to be let go. */
export interface Wait {
  /** Counts up from 1. */
  readonly number: number;
  readonly fault: Fault;
  readonly packet: WirePacket;
  readonly sinceNs: number;
  readonly delays: readonly Delay[];
}

const NO_DELAYS: readonly Delay[] = [];

export class Pipeline {
  readonly #outlet: Outlet;
  readonly #capacity: number;
  readonly #faults: Fault[] = [];
  readonly #journeys = new DueQueue<Journey>();
  readonly #waits = new Map<WirePacket, Wait>();
  #nowNs = 0;
  #waited = 0;
  #delayed = 0;
  #overflowed = 0;

  /** @param capacity how many packets are on their way at most; more are lost, as in any queue that is full */
  constructor(outlet: Outlet, capacity = 20_000) {
    this.#outlet = outlet;
    this.#capacity = capacity;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Packets that are delayed or wait. */
  get inFlight(): number {
    return this.#delayed + this.#waits.size;
  }

  /** Packets that were lost because too many were on their way. */
  get overflowed(): number {
    return this.#overflowed;
  }

  /** When {@link advance} has something to do next; undefined for never. */
  get nextNs(): number | undefined {
    return this.#journeys.next?.dueNs;
  }

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** Heals a fault: what waits at it goes on now, and what it delays is no longer delayed by it. */
  remove(fault: Fault, nowNs: number): void {
    this.advance(nowNs);
    for (const { packet } of this.waitsAt(fault)) this.#resume(packet, nowNs);
    const index = this.#faults.indexOf(fault);
    if (index >= 0) this.#faults.splice(index, 1);
    this.#journeys.revise((journey) => {
      for (const delay of journey.delays) if (delay.fault === fault) journey.dueNs -= delay.ns;
    });
    this.advance(nowNs);
  }

  arrive(packet: WirePacket, nowNs: number): void {
    this.advance(nowNs);
    this.#travel({ packet, index: 0, atNs: nowNs, delays: NO_DELAYS });
  }

  /** Lets go what is due. */
  advance(nowNs: number): void {
    this.#nowNs = nowNs;
    for (let due = this.#journeys.take(nowNs); due; due = this.#journeys.take(nowNs)) {
      if (due.isWait) {
        this.#resume(due.packet, due.dueNs);
      } else {
        this.#delayed -= 1;
        this.#deliver(due.packet, due.delays, nowNs - due.dueNs);
      }
    }
  }

  /** What waits at a fault, oldest first. */
  waitsAt(fault: Fault): Wait[] {
    return fault.waiting === 0 ? [] : [...this.#waits.values()].filter((w) => w.fault === fault);
  }

  /** Decides over a packet that waits: it goes on, now or after `delayNs`, with so many copies behind it. */
  letGo(wait: Wait, nowNs: number, { delayNs = 0, copies = 0 } = {}): void {
    this.advance(nowNs);
    this.#resume(wait.packet, nowNs + delayNs, copies);
    this.advance(nowNs);
  }

  /** Decides over a packet that waits: it is lost. */
  drop(wait: Wait): void {
    this.#forget(wait);
    this.#lose(wait.packet, wait.fault, wait.delays);
  }

  /** Takes a packet through the faults from the one at `index` on. */
  #travel(leg: Leg): void {
    for (let { index } = leg; index < this.#faults.length; index += 1) {
      const fault = this.#faults[index];
      const fate = fault?.meet(leg.packet, leg.atNs);
      if (fault === undefined || fate === undefined) continue;
      if (fate.kind !== 'pass') {
        this.#apply(fate, fault, { ...leg, index: index + 1 });
        return;
      }
      fault.tally.deliver(leg.packet.headers.end, this.#nowNs);
      if (fate.overtaken === undefined) continue;
      this.#travel({ ...leg, index: index + 1 });
      for (const overtaken of fate.overtaken) this.#resume(overtaken, leg.atNs);
      return;
    }
    this.#finish(leg);
  }

  /** @param leg what is left of the way, once the fault has had its effect */
  #apply(fate: Exclude<Fate, { kind: 'pass' }>, fault: Fault, leg: Leg): void {
    const { packet, atNs, delays } = leg;
    switch (fate.kind) {
      case 'lose':
        this.#lose(packet, fault, delays);
        break;
      case 'wait':
        this.#wait(fault, leg, fate.untilNs);
        break;
      case 'delay':
        this.#delay(fault, leg, Math.max(0, fate.untilNs - atNs));
        break;
      case 'duplicate':
        fault.tally.deliver(packet.headers.end, this.#nowNs);
        this.#travelWithCopies(fault, leg, fate.copies);
        break;
      case 'corrupt':
        fault.tally.deliver(packet.headers.end, this.#nowNs);
        this.#note('corrupted', fault, packet);
        this.#travel({ ...leg, packet: { ...packet, bytes: fate.bytes, isChanged: true } });
        break;
    }
  }

  #delay(fault: Fault, leg: Leg, ns: number): void {
    this.#note('delayed', fault, leg.packet);
    const delays = [...leg.delays, { fault, ns, isCounted: true }];
    this.#travel({ ...leg, atNs: leg.atNs + ns, delays });
  }

  #travelWithCopies(fault: Fault, leg: Leg, copies: number): void {
    if (copies > 0) {
      this.#note('duplicated', fault, leg.packet);
      fault.tally.add('copies', copies);
    }
    this.#travel(leg);
    // The delays that they share are counted once.
    const delays = leg.delays.map((delay) => ({ ...delay, isCounted: false }));
    for (let copy = 0; copy < copies; copy += 1) {
      this.#travel({ ...leg, packet: { ...leg.packet, id: undefined }, delays });
    }
  }

  #wait(fault: Fault, { packet, atNs, delays }: Leg, untilNs: number | undefined): void {
    if (this.#isFull(packet, fault, delays)) return;
    this.#note(fault.settings.kind === 'hold' ? 'held' : 'delayed', fault, packet);
    this.#waited += 1;
    fault.waiting += 1;
    this.#waits.set(packet, { number: this.#waited, fault, packet, sinceNs: atNs, delays });
    if (untilNs !== undefined) {
      this.#journeys.add({ packet, delays, isWait: true, dueNs: untilNs });
    }
  }

  /** Lets a packet that waits go on at `atNs`; nothing happens when it no longer waits. */
  #resume(packet: WirePacket, atNs: number, copies = 0): void {
    const wait = this.#waits.get(packet);
    if (wait === undefined) return;
    this.#forget(wait);
    const { fault, sinceNs } = wait;
    const onlyAfterNs = Math.max(atNs, sinceNs);
    const delays = [...wait.delays, { fault, ns: onlyAfterNs - sinceNs, isCounted: true }];
    const index = this.#faults.indexOf(fault) + 1;
    this.#travelWithCopies(fault, { packet, index, atNs: onlyAfterNs, delays }, copies);
  }

  #forget({ packet, fault }: Wait): void {
    this.#waits.delete(packet);
    fault.waiting -= 1;
  }

  /** The packet has met all faults. */
  #finish({ packet, atNs, delays }: Leg): void {
    if (atNs <= this.#nowNs) {
      this.#deliver(packet, delays, 0);
      return;
    }
    const last = delays.at(-1)?.fault;
    if (last !== undefined && this.#isFull(packet, last, delays)) return;
    this.#delayed += 1;
    this.#journeys.add({ packet, delays, isWait: false, dueNs: atNs });
  }

  /** @param lateNs how much longer it took than it should have */
  #deliver(packet: WirePacket, delays: readonly Delay[], lateNs: number): void {
    this.#settle(packet, delays, lateNs);
    this.#outlet.deliver(packet);
    const last = delays.at(-1);
    if (last !== undefined) this.#outlet.note('delivered', last.fault, packet);
  }

  #lose(packet: WirePacket, fault: Fault, delays: readonly Delay[]): void {
    // Those that delayed it had let it go on.
    this.#settle(packet, delays, 0);
    this.#note('lost', fault, packet);
    this.#outlet.lose(packet);
  }

  #settle({ headers }: WirePacket, delays: readonly Delay[], lateNs: number): void {
    const last = delays.at(-1);
    for (const delay of delays) {
      if (!delay.isCounted) continue;
      const ns = delay === last ? delay.ns + lateNs : delay.ns;
      delay.fault.tally.deliver(headers.end, this.#nowNs, ns);
    }
  }

  #isFull(packet: WirePacket, fault: Fault, delays: readonly Delay[]): boolean {
    if (this.inFlight < this.#capacity) return false;
    this.#overflowed += 1;
    this.#lose(
      packet,
      fault,
      delays.filter((delay) => delay.fault !== fault),
    );
    return true;
  }

  #note(fate: Exclude<FateEvent['fate'], 'delivered'>, fault: Fault, packet: WirePacket): void {
    fault.tally.add(fate);
    this.#outlet.note(fate, fault, packet);
  }
}
