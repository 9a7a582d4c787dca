import type { ReorderSettings } from './faults.ts';
import { type Impairment, NS_PER_MS, PASS } from './impairment.ts';
import type { WirePacket } from './packet.ts';
import type { Random } from './random.ts';

interface Waiting {
  readonly packet: WirePacket;
  readonly untilNs: number;
  /** How many are still to pass it. */
  left: number;
}

/**
 * Lets packets be overtaken: one that is drawn waits until `behind` later ones have passed it, but for `maxWaitMs` at
 * most, as there may be none. Packets that wait are not counted among those that pass.
 */
export function reorder(settings: ReorderSettings, random: Random): Impairment {
  const { percent, behind = 1, maxWaitMs = 100 } = settings;
  let waiting: Waiting[] = [];
  return {
    decide(packet, nowNs) {
      waiting = waiting.filter(({ untilNs }) => untilNs > nowNs);
      if (random() * 100 < percent) {
        const untilNs = nowNs + maxWaitMs * NS_PER_MS;
        waiting.push({ packet, untilNs, left: behind });
        return { kind: 'wait', untilNs };
      }
      if (waiting.length === 0) return PASS;
      for (const one of waiting) one.left -= 1;
      const overtakes = packets(waiting.filter(({ left }) => left === behind - 1));
      const letsGo = packets(waiting.filter(({ left }) => left === 0));
      waiting = waiting.filter(({ left }) => left > 0);
      return { kind: 'pass', overtakes, letsGo };
    },
  };
}

function packets(waiting: readonly Waiting[]): WirePacket[] {
  return waiting.map(({ packet }) => packet);
}
