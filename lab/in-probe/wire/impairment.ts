/**
 * What an impairment is: a state machine that is asked about each packet that reaches it, and says what becomes of it.
 *
 *     packet ──▶ [limits of fault 1] ──▶ impairment 1 ──▶ [limits of fault 2] ──▶ impairment 2 ──▶ … ──▶ host
 *
 * It knows no clock, no socket and no timer: the time is an argument, chance is a stream of numbers that it was given.
 */

import type { Random } from '../../util/random.ts';
import type { WirePacket } from './packet.ts';

export interface Impairment {
  /**
   * @param packet one that the fault's limits let through to it
   * @param nowNs when the packet reaches this impairment: later than now where an earlier one delays it
   * @param count the fault is for so many of the packets that it is on the line, from its first on; default 1
   */
  decide(packet: WirePacket, nowNs: number, count?: number): Fate;
}

export type Fate =
  /** It goes on. It may be the first that overtakes some that wait, and the last that some waited for: they follow it. */
  | {
      readonly kind: 'pass';
      readonly overtakes?: readonly WirePacket[];
      readonly letsGo?: readonly WirePacket[];
    }
  /** It is gone, as if it had been lost on the way: nobody is told. So many of its packets on the line were; the rest is of no use. */
  | { readonly kind: 'lose'; readonly packets: number }
  /** It goes on at `untilNs`. */
  | { readonly kind: 'delay'; readonly untilNs: number }
  /** It goes on, and so many copies right behind it; 0 when not all of its packets on the line were copied. */
  | {
      readonly kind: 'duplicate';
      readonly copies: number;
      readonly packets: number;
      readonly copied: number;
    }
  /** It goes on with other bytes, in which so many of its packets on the line were damaged. */
  | {
      readonly kind: 'corrupt';
      readonly bytes: Buffer;
      readonly rest: readonly WirePacket[];
      readonly packets: number;
    }
  /** It waits to be let go: by a later packet (`pass`), by somebody outside, or at `untilNs` if there is such a time. */
  | { readonly kind: 'wait'; readonly untilNs?: number };

/** Most packets: made once, not for each of them. */
export const PASS: Fate = { kind: 'pass' };
const LOSE: Fate = { kind: 'lose', packets: 1 };

/** So many of the packets that it is on the line are lost. */
export function lose(packets: number): Fate {
  return packets === 1 ? LOSE : { kind: 'lose', packets };
}

/** How many of so many packets are drawn, each independently of the others. */
export function drawn(percent: number, count: number, random: Random): number {
  let hits = 0;
  for (let n = 0; n < count; n += 1) if (random() * 100 < percent) hits += 1;
  return hits;
}

export const NS_PER_MS = 1e6;
