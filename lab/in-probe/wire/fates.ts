import type { FaultEvent, PacketFate } from '../../model/event.ts';
import type { Fault } from './fault.ts';
import type { Journey } from './journey.ts';
import type { WirePacket } from './packet.ts';

/** Where the pipeline ends. */
export interface Outlet {
  /** @returns whether the packet got there. */
  deliver(packet: WirePacket): boolean;
  lose(packet: WirePacket): void;
  /** What an observer may want to know of a packet: what happens on its way, and at last `delivered` or `lost`. */
  note(fate: PacketFate, fault: Fault, packet: WirePacket): void;
  /** A fault began, or was healed and has let go what it kept back. */
  change(change: FaultEvent['change'], fault: Fault): void;
}

interface Noted {
  readonly fault: Fault;
  readonly journey: Journey;
  readonly packets: number;
}

/** What becomes of packets: counted with the fault, remembered by the journey, and told to the outlet. */
export class Fates {
  readonly #outlet: Outlet;

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  /** Something happens to a packet on its way, or to so many of those that it is on the line. */
  note(fate: Exclude<PacketFate, 'delivered' | 'lost'>, { fault, journey, packets }: Noted) {
    fault.tally.add(fate, packets);
    journey.marked = fault;
    this.#outlet.note(fate, fault, journey.packet);
  }

  /**
   * A packet gets to the host. Nobody is told of one that met no fault.
   *
   * @param lateNs how much longer it took than it should have
   */
  deliver(journey: Journey, nowNs: number, lateNs: number): void {
    journey.settle(nowNs, lateNs);
    const fate = this.#outlet.deliver(journey.packet) ? 'delivered' : 'lost';
    const fault = journey.marked ?? journey.met;
    if (fault !== undefined) this.#outlet.note(fate, fault, journey.packet);
  }

  /** @param packets of those that it is on the line, so many were lost; of a copy, which the fault does not count, 0 */
  lose(
    journey: Journey,
    nowNs: number,
    { fault, packets }: Pick<Noted, 'fault' | 'packets'>,
  ): void {
    // Those that delayed it had let it go on.
    journey.settle(nowNs, 0);
    fault.tally.add('lost', packets);
    this.#outlet.note('lost', fault, journey.packet);
    this.#outlet.lose(journey.packet);
  }
}
