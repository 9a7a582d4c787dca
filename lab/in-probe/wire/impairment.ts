/**
 * An impairment is a state machine that decides the fate of each packet that reaches it.
 *
 *     packet ──▶ [limits of fault 1] ──▶ impairment 1 ──▶ [limits of fault 2] ──▶ impairment 2 ──▶ … ──▶ host
 *
 * It has no clock, socket or timer: the time is an argument, and randomness is a stream of numbers that it is given.
 */

import type { Random } from '../../util/random.ts';
import type { WirePacket } from './packet.ts';

export interface Impairment {
  /**
   * @param packet one that matches the fault's limits
   * @param nowNs when the packet reaches this impairment: in the future if an earlier one delays it
   * @param count how many of its packets on the line match the limits, from the first on; default 1
   */
  decide(packet: WirePacket, nowNs: number, count?: number): Fate;
}

export type Fate =
  /** It goes on. It may overtake packets that wait, and be the last that some of them waited for: these follow it. */
  | {
      readonly kind: 'pass';
      readonly overtakes?: readonly WirePacket[];
      readonly letsGo?: readonly WirePacket[];
    }
  /** It is lost silently, as on a real line. So many of its packets on the line were lost; the rest is useless. */
  | { readonly kind: 'lose'; readonly packets: number }
  /** It goes on at `untilNs`. */
  | { readonly kind: 'delay'; readonly untilNs: number }
  /** It goes on, followed by this number of copies; 0 if not all its packets on the line were copied. */
  | {
      readonly kind: 'duplicate';
      readonly copies: number;
      readonly packets: number;
      readonly copied: number;
    }
  /** It goes on with other bytes: this number of its packets on the line were corrupted. */
  | {
      readonly kind: 'corrupt';
      readonly bytes: Buffer;
      readonly rest: readonly WirePacket[];
      readonly packets: number;
    }
  /** It waits until it is released: by a later packet (`pass`), from outside, or at `untilNs` if that is given. */
  | { readonly kind: 'wait'; readonly untilNs?: number };

/** The fate of most packets: created once, not for each of them. */
export const PASS: Fate = { kind: 'pass' };
const LOSE: Fate = { kind: 'lose', packets: 1 };

/** So many of its packets on the line are lost. */
export function lose(packets: number): Fate {
  return packets === 1 ? LOSE : { kind: 'lose', packets };
}

/** How many of a number of packets are hit, each independently of the others. */
export function drawn(percent: number, count: number, random: Random): number {
  let hits = 0;
  for (let n = 0; n < count; n += 1) if (random() * 100 < percent) hits += 1;
  return hits;
}

export const NS_PER_MS = 1e6;
