/**
 * What an impairment is: a state machine that is asked about each packet that reaches it, and says what becomes of it.
 *
 *     packet ──▶ [limits of fault 1] ──▶ impairment 1 ──▶ [limits of fault 2] ──▶ impairment 2 ──▶ … ──▶ host
 *
 * It knows no clock, no socket and no timer: the time is an argument, chance is a stream of numbers that it was given.
 */
import type { WirePacket } from './packet.ts';

export interface Impairment {
  /**
   * @param packet one that the fault's limits let through to it
   * @param nowNs when the packet reaches this impairment: later than now where an earlier one delays it
   */
  decide(packet: WirePacket, nowNs: number): Fate;
}

export type Fate =
  /** It goes on. It may be the first that overtakes some that wait, and the last that some waited for: they follow it. */
  | {
      readonly kind: 'pass';
      readonly overtakes?: readonly WirePacket[];
      readonly letsGo?: readonly WirePacket[];
    }
  /** It is gone, as if it had been lost on the way: nobody is told. */
  | { readonly kind: 'lose' }
  /** It goes on at `untilNs`. */
  | { readonly kind: 'delay'; readonly untilNs: number }
  /** It goes on, and so many copies right behind it. */
  | { readonly kind: 'duplicate'; readonly copies: number }
  /** It goes on with other bytes. */
  | { readonly kind: 'corrupt'; readonly bytes: Buffer }
  /** It waits to be let go: by a later packet (`pass`), by somebody outside, or at `untilNs` if there is such a time. */
  | { readonly kind: 'wait'; readonly untilNs?: number };

/** Most packets: made once, not for each of them. */
export const PASS: Fate = { kind: 'pass' };
export const LOSE: Fate = { kind: 'lose' };

export const NS_PER_MS = 1e6;
