/**
 * The faults in effect, one after another, and the packets that pass through them.
 *
 *     arrive ──▶ fault 1 ──▶ fault 2 ──▶ … ──▶ delayed? ──▶ sink: deliver
 *                  │            │                 │
 *                  ▼            ▼                 ▼
 *                lose         wait          advance (time)
 *
 * All fates are decided in the order of arrival, at the moment of arrival: a delay only changes the time that later faults are
 * given. So the fates depend on the sequence of packets alone, never on timers. Only a packet that waits to be released meets
 * the later faults when it is. Pure: the time is an argument of each call.
 */
import { Fates, type Sink } from './fates.ts';
import type { Fate } from './impairment.ts';
import { type Capacity, InFlight, type Wait } from './in-flight.ts';
import type { WirePacket } from './packet.ts';
import type { Share } from './tally.ts';
import { Transit } from './transit.ts';
import type { WireFault } from './wire-fault.ts';

type Passing = Extract<Fate, { kind: 'pass' }>;
type Copying = Omit<Extract<Fate, { kind: 'duplicate' }>, 'kind'>;

/** A packet at a fault. */
interface Met {
  readonly fault: WireFault;
  readonly transit: Transit;
  /** Those of its packets on the line that the fault matches. */
  readonly share: Share;
}

/** A packet after a fault. */
interface Next {
  readonly fault: WireFault;
  readonly transit: Transit;
  /** The index of the next fault. */
  readonly next: number;
}

/** Of the 256 MB that the probe of a wire has: Node takes some 80, and what is freed is not free at once. */
const BYTES = 48 * 2 ** 20;

export class Pipeline {
  readonly #sink: Sink;
  readonly #fates: Fates;
  readonly #kept: InFlight;
  readonly #faults: WireFault[] = [];
  #nowNs = 0;
  #overflowed = 0;

  /** @param capacity the most that is in flight; what is more is lost, as in any full queue */
  constructor(sink: Sink, { packets = 20_000, bytes = BYTES }: Partial<Capacity> = {}) {
    this.#sink = sink;
    this.#fates = new Fates(sink);
    this.#kept = new InFlight({ packets, bytes });
  }

  get faults(): readonly WireFault[] {
    return this.#faults;
  }

  /** How many packets are delayed or wait. */
  get inFlight(): number {
    return this.#kept.size;
  }

  /** How many packets were lost because too much was in flight. */
  get overflowed(): number {
    return this.#overflowed;
  }

  /** When {@link advance} has something to do next; undefined if it has not. */
  get nextNs(): number | undefined {
    return this.#kept.nextNs;
  }

  add(fault: WireFault): void {
    this.#faults.push(fault);
    this.#sink.change('applied', fault);
  }

  /** Heals a fault: it releases what waits at it, and no longer delays anything. @returns whether it was in effect */
  remove(fault: WireFault, nowNs: number): boolean {
    if (!this.#faults.includes(fault)) return false;
    this.advance(nowNs);
    for (const wait of this.waitsAt(fault)) this.#resume(wait, nowNs);
    this.#faults.splice(this.#faults.indexOf(fault), 1);
    this.#kept.release(fault, nowNs);
    this.advance(nowNs);
    this.#sink.change('healed', fault);
    return true;
  }

  arrive(packet: WirePacket, nowNs: number): void {
    this.advance(nowNs);
    this.#travel(new Transit(packet, nowNs));
  }

  /** Releases what is due. */
  advance(nowNs: number): void {
    this.#nowNs = nowNs;
    for (let turn = this.#kept.take(nowNs); turn; turn = this.#kept.take(nowNs)) {
      const { transit, wait, dueNs } = turn;
      if (wait === undefined) this.#fates.deliver(transit, nowNs, nowNs - dueNs);
      else this.#resume(wait, dueNs);
    }
  }

  /** The packets that wait at a fault, oldest first. */
  waitsAt(fault: WireFault): Wait[] {
    return this.#kept.waitsAt(fault);
  }

  /** Decides on a packet that waits: it goes on, now or after `delayNs`, and then its copies do. */
  release(wait: Wait, nowNs: number, { delayNs = 0, copies = 0 } = {}): void {
    this.advance(nowNs);
    this.#resume(wait, nowNs + delayNs, copies);
    this.advance(nowNs);
  }

  /** Decides on a packet that waits: it is lost. */
  drop(wait: Wait): void {
    const { fault, transit, share } = wait;
    if (!this.#kept.end(wait)) return;
    this.#fates.lose(transit, this.#nowNs, { fault, packets: share.packets });
  }

  /** Takes a packet through the faults from the one at `index` on. */
  #travel(transit: Transit, index = 0): void {
    for (let next = index; next < this.#faults.length; next += 1) {
      const fault = this.#faults[next];
      const meeting = fault?.meet(transit.packet, transit.atNs);
      if (fault === undefined || meeting === undefined) continue;
      const { fate, share } = meeting;
      transit.met = fault;
      if (fate.kind !== 'pass') {
        this.#apply(fate, { fault, transit, share }, next + 1);
        return;
      }
      fault.tally.deliver(share, this.#nowNs);
      if (fate.overtakes === undefined) continue;
      this.#overtake(fate, fault, transit, next + 1);
      return;
    }
    this.#leave(transit);
  }

  /** @param next the index of the fault at which it goes on after this one */
  #apply(fate: Exclude<Fate, Passing>, met: Met, next: number): void {
    const { fault, transit, share } = met;
    const { packets } = share;
    if (fate.kind === 'duplicate' || fate.kind === 'corrupt') {
      fault.tally.deliver(share, this.#nowNs);
    }
    switch (fate.kind) {
      case 'lose':
        // The other fragments of the datagram go on, to no effect.
        if (fate.packets < packets) fault.tally.deliver(rest(share, fate.packets), this.#nowNs);
        this.#fates.lose(transit, this.#nowNs, { fault, packets: fate.packets });
        break;
      case 'wait':
        this.#wait(met, fate.untilNs);
        break;
      case 'delay':
        this.#fates.note('delayed', { fault, transit, packets });
        transit.delay(fault, fate.untilNs, share);
        this.#travel(transit, next);
        break;
      case 'duplicate':
        this.#travelWithCopies({ fault, transit, next }, fate);
        break;
      case 'corrupt':
        this.#fates.note('corrupted', { fault, transit, packets: fate.packets });
        transit.packet = { ...transit.packet, bytes: fate.bytes, rest: fate.rest, isChanged: true };
        this.#travel(transit, next);
        break;
    }
  }

  /** A packet overtakes others that wait for that; those that have been overtaken often enough follow it. */
  #overtake(
    { overtakes = [], letsGo = [] }: Passing,
    fault: WireFault,
    transit: Transit,
    next: number,
  ) {
    const waiting = (packet: WirePacket) => this.#kept.waitOf(packet) ?? [];
    const { atNs } = transit;
    for (const wait of overtakes.flatMap(waiting)) {
      const { packets } = wait.share;
      this.#fates.note('reordered', { fault, transit: wait.transit, packets });
    }
    this.#travel(transit, next);
    for (const wait of letsGo.flatMap(waiting)) this.#resume(wait, atNs);
  }

  #travelWithCopies({ fault, transit, next }: Next, { copies, packets, copied }: Copying): void {
    if (copies > 0) this.#fates.note('duplicated', { fault, transit, packets });
    else fault.tally.add('duplicated', packets);
    fault.tally.add('copies', copied);
    const all = [transit, ...Array.from({ length: copies }, () => transit.copy())];
    for (const one of all) this.#travel(one, next);
  }

  #wait({ fault, transit, share }: Met, untilNs: number | undefined): void {
    const { packets } = share;
    if (this.#isFullFor(transit)) {
      this.#fates.lose(transit, this.#nowNs, { fault, packets });
      return;
    }
    const fate = fault.settings.kind === 'hold' ? 'held' : 'delayed';
    this.#fates.note(fate, { fault, transit, packets });
    this.#kept.wait({ fault, transit, share }, untilNs);
  }

  /** Lets a packet go on at `atNs`; nothing happens if it no longer waits. */
  #resume(wait: Wait, atNs: number, copies = 0): void {
    if (!this.#kept.end(wait)) return;
    const { fault, transit, share } = wait;
    transit.delay(fault, atNs, share);
    const next = this.#faults.indexOf(fault) + 1;
    const packets = copies > 0 ? share.packets : 0;
    this.#travelWithCopies({ fault, transit, next }, { copies, packets, copied: packets * copies });
  }

  /** The packet has met all faults. */
  #leave(transit: Transit): void {
    if (transit.atNs <= this.#nowNs) {
      this.#fates.deliver(transit, this.#nowNs, 0);
    } else if (this.#isFullFor(transit)) {
      const last = transit.dropDelay();
      if (last === undefined) return;
      const packets = last.isCounted ? last.share.packets : 0;
      this.#fates.lose(transit, this.#nowNs, { fault: last.fault, packets });
    } else {
      this.#kept.delay(transit);
    }
  }

  /** Whether there is no room for one more, which is then lost. */
  #isFullFor(transit: Transit): boolean {
    if (!this.#kept.isFullFor(transit)) return false;
    this.#overflowed += 1;
    return true;
  }
}

function rest({ packets, bytes }: Share, without: number): Share {
  const left = packets - without;
  return { packets: left, bytes: Math.round((bytes * left) / packets) };
}
