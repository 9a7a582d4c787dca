import type { WirePacket } from './packet.ts';
import type { Share } from './tally.ts';
import type { WireFault } from './wire-fault.ts';

interface Delay {
  readonly fault: WireFault;
  readonly ns: number;
  /** Those of its packets on the line that the fault matches. */
  readonly share: Share;
  /** Whether the fault counts this packet: it does not count copies that were made after it. */
  readonly isCounted: boolean;
}

/** For most packets: created once, not for each of them. */
const NO_DELAYS: readonly Delay[] = [];

/** The way of one packet, or of one copy, through the faults: what it met, and what kept it back for how long. */
export class Transit {
  packet: WirePacket;
  /** When it gets to the next fault; behind the last one, to the host. */
  atNs: number;
  /** The last fault that it met. */
  met: WireFault | undefined;
  /** The last fault that had an effect on it. */
  marked: WireFault | undefined;
  #delays = NO_DELAYS;

  constructor(packet: WirePacket, atNs: number) {
    this.packet = packet;
    this.atNs = atNs;
  }

  /** The same way so far, for a copy. */
  copy(): Transit {
    const { rest } = this.packet;
    const packet = { ...this.packet, id: undefined, rest: rest.map(withoutId) };
    const copy = new Transit(packet, this.atNs);
    copy.met = this.met;
    copy.marked = this.marked;
    copy.#delays = this.#delays.map((delay) => ({ ...delay, isCounted: false }));
    return copy;
  }

  /** A fault keeps it back until `untilNs`. */
  delay(fault: WireFault, untilNs: number, share: Share): void {
    const ns = Math.max(0, untilNs - this.atNs);
    this.#delays = [...this.#delays, { fault, ns, share, isCounted: true }];
    this.atNs += ns;
  }

  /** Takes back its last delay, for which there is no room; undefined for none. */
  dropDelay(): Delay | undefined {
    const last = this.#delays.at(-1);
    this.#delays = this.#delays.slice(0, -1);
    return last;
  }

  /** A fault is healed: from `nowNs` on it no longer keeps the packet back, so that it is sooner wherever it goes next. */
  release(fault: WireFault, nowNs: number): void {
    let sinceNs = this.packet.arrivedNs;
    this.#delays = this.#delays.map((delay) => {
      const stayedNs = Math.max(0, Math.min(delay.ns, nowNs - sinceNs));
      const ns = delay.fault === fault ? stayedNs : delay.ns;
      sinceNs += ns;
      this.atNs -= delay.ns - ns;
      return { ...delay, ns };
    });
  }

  /**
   * Counts it with the faults that delayed it, now that they have let it go on.
   *
   * @param lateNs how much longer it took than it should have
   */
  settle(nowNs: number, lateNs: number): void {
    const last = this.#delays.at(-1);
    for (const delay of this.#delays) {
      if (!delay.isCounted) continue;
      const ns = delay === last ? delay.ns + lateNs : delay.ns;
      delay.fault.tally.deliver(delay.share, nowNs, ns);
    }
  }
}

const withoutId = (packet: WirePacket) => ({ ...packet, id: undefined });
