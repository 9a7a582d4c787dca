import type { FaultEvent, PacketFate } from '../../model/event.ts';
import type { WirePacket } from './packet.ts';
import type { Transit } from './transit.ts';
import type { WireFault } from './wire-fault.ts';

/** Where the pipeline ends. */
export interface Sink {
  /** @returns whether the packet got there. */
  deliver(packet: WirePacket): boolean;
  lose(packet: WirePacket): void;
  /** What an observer may want to know of a packet: what happens on its way, and at last `delivered` or `lost`. */
  note(fate: PacketFate, fault: WireFault, packet: WirePacket): void;
  /** A fault began, or was healed and has let go what it kept back. */
  change(change: FaultEvent['change'], fault: WireFault): void;
}

interface Noted {
  readonly fault: WireFault;
  readonly transit: Transit;
  readonly packets: number;
}

/** What becomes of packets: counted with the fault, remembered by the transit, and told to the sink. */
export class Fates {
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Something happens to a packet on its way, or to so many of those that it is on the line. */
  note(fate: Exclude<PacketFate, 'delivered' | 'lost'>, { fault, transit, packets }: Noted) {
    fault.tally.add(fate, packets);
    transit.marked = fault;
    this.#sink.note(fate, fault, transit.packet);
  }

  /**
   * A packet gets to the host. Nobody is told of one that met no fault.
   *
   * @param lateNs how much longer it took than it should have
   */
  deliver(transit: Transit, nowNs: number, lateNs: number): void {
    transit.settle(nowNs, lateNs);
    const fate = this.#sink.deliver(transit.packet) ? 'delivered' : 'lost';
    const fault = transit.marked ?? transit.met;
    if (fault !== undefined) this.#sink.note(fate, fault, transit.packet);
  }

  /** @param packets of those that it is on the line, so many were lost; of a copy, which the fault does not count, 0 */
  lose(
    transit: Transit,
    nowNs: number,
    { fault, packets }: Pick<Noted, 'fault' | 'packets'>,
  ): void {
    // Those that delayed it had let it go on.
    transit.settle(nowNs, 0);
    fault.tally.add('lost', packets);
    this.#sink.note('lost', fault, transit.packet);
    this.#sink.lose(transit.packet);
  }
}
