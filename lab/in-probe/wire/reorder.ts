import type { ReorderSettings } from '../../model/faults.ts';
import type { Random } from '../../util/random.ts';
import { drawn, type Impairment, lose, NS_PER_MS, PASS } from './impairment.ts';
import type { WirePacket } from './packet.ts';

/** So many packets wait at most; more are lost. */
export const REORDER_LIMIT = 20_000;

interface Waiting {
  readonly packet: WirePacket;
  readonly untilNs: number;
  /** How many packets had passed any others when it came. */
  readonly since: number;
}

/**
 * Lets packets be overtaken (a datagram by its fragments: it is whole when the last of them comes): one that is drawn waits
 * until `behind` later ones have passed it, but for `maxWaitMs` at most, as there may be none. Packets that wait are not
 * counted among those that pass.
 */
export function reorder(settings: ReorderSettings, random: Random): Impairment {
  const { percent, behind = 1, maxWaitMs = 100 } = settings;
  /** In the order in which they came, which is that in which they are let go. */
  const waiting: Waiting[] = [];
  let passed = 0;
  return {
    decide(packet, nowNs, count = 1) {
      takeUntil(waiting, ({ untilNs }) => untilNs > nowNs);
      if (drawn(percent, count, random) > 0) {
        if (waiting.length >= REORDER_LIMIT) return lose(count);
        const untilNs = nowNs + maxWaitMs * NS_PER_MS;
        waiting.push({ packet, untilNs, since: passed });
        return { kind: 'wait', untilNs };
      }
      if (waiting.length === 0) return PASS;
      // Those that nothing has passed yet came last.
      const overtakes = waiting.slice(waiting.findLastIndex(({ since }) => since < passed) + 1);
      passed += 1;
      const letsGo = takeUntil(waiting, ({ since }) => passed - since < behind);
      return { kind: 'pass', overtakes: packets(overtakes), letsGo: packets(letsGo) };
    },
  };
}

/** Takes off the first ones, up to one that stays. */
function takeUntil(waiting: Waiting[], stays: (one: Waiting) => boolean): Waiting[] {
  const first = waiting.findIndex(stays);
  return waiting.splice(0, first < 0 ? waiting.length : first);
}

function packets(waiting: readonly Waiting[]): WirePacket[] {
  return waiting.map(({ packet }) => packet);
}
