import type { FaultEvent, PacketFate } from '../../model/event.ts';
import type { WirePacket } from './packet.ts';
import type { Transit } from './transit.ts';
import type { WireFault } from './wire-fault.ts';

/** Where packets leave the pipeline. */
export interface Sink {
  /** @returns whether the packet was delivered */
  deliver(packet: WirePacket): boolean;
  lose(packet: WirePacket): void;
  /** Reports a fate of a packet: what happens to it in the pipeline, and finally `delivered` or `lost`. */
  note(fate: PacketFate, fault: WireFault, packet: WirePacket): void;
  /** Reports that a fault began, or was healed and has released what it held back. */
  change(change: FaultEvent['change'], fault: WireFault): void;
}

interface Noted {
  readonly fault: WireFault;
  readonly transit: Transit;
  readonly packets: number;
}

/** Counts fates of packets with their fault, notes them in their transit, and reports them to the sink. */
export class Fates {
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Something happens to a packet, or to some of its packets on the line. */
  note(fate: Exclude<PacketFate, 'delivered' | 'lost'>, { fault, transit, packets }: Noted) {
    fault.tally.add(fate, packets);
    transit.marked = fault;
    this.#sink.note(fate, fault, transit.packet);
  }

  /**
   * A packet is delivered to the host. If it met no fault, this is not reported.
   *
   * @param lateNs how much later it is than it should be
   */
  deliver(transit: Transit, nowNs: number, lateNs: number): void {
    transit.settle(nowNs, lateNs);
    const fate = this.#sink.deliver(transit.packet) ? 'delivered' : 'lost';
    const fault = transit.marked ?? transit.met;
    if (fault !== undefined) this.#sink.note(fate, fault, transit.packet);
  }

  /** @param packets how many of its packets on the line were lost; 0 for a copy, which the fault does not count */
  lose(
    transit: Transit,
    nowNs: number,
    { fault, packets }: Pick<Noted, 'fault' | 'packets'>,
  ): void {
    // The faults that delayed it had released it.
    transit.settle(nowNs, 0);
    fault.tally.add('lost', packets);
    this.#sink.note('lost', fault, transit.packet);
    this.#sink.lose(transit.packet);
  }
}
