import { realTimeNs } from '../system.ts';

/** A kernel's stamps are exact to that, and it gives one stamp to all packets that it received in one piece: 128 at most. */
const STAMP_NS = 1000n;

/** When packets arrived: no two of them at the same time, so that it identifies each. */
export class ArrivalTimes {
  #lastNs = 0n;

  /** @param stampNs when the kernel received the packet; if it did not stamp it, it arrives now */
  next(stampNs = realTimeNs()): bigint {
    const isTaken = stampNs <= this.#lastNs && stampNs > this.#lastNs - STAMP_NS;
    this.#lastNs = isTaken ? this.#lastNs + 1n : stampNs;
    return this.#lastNs;
  }
}
