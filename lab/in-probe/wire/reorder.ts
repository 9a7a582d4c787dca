import type { ReorderSettings } from '../../model/faults.ts';
import type { Random } from '../../util/random.ts';
import { drawn, type Impairment, lose, NS_PER_MS, PASS } from './impairment.ts';
import type { WirePacket } from './packet.ts';

/** The most packets that wait; more are lost. */
export const REORDER_LIMIT = 20_000;

interface Waiting {
  readonly packet: WirePacket;
  readonly untilNs: number;
  /** How many packets had overtaken others when it came. */
  readonly since: number;
}

/**
 * Lets packets be overtaken (a datagram if any of its fragments is): one that is hit waits until `behind` later ones have
 * overtaken it, but at most `maxWaitMs`, as there may be none. Packets that wait do not count as overtaking.
 */
export function reorder(settings: ReorderSettings, random: Random): Impairment {
  const { percent, behind = 1, maxWaitMs = 100 } = settings;
  /** In the order of arrival, which is also that of their release. */
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
      // Those that nothing has overtaken yet came last.
      const overtakes = waiting.slice(waiting.findLastIndex(({ since }) => since < passed) + 1);
      passed += 1;
      const letsGo = takeUntil(waiting, ({ since }) => passed - since < behind);
      return { kind: 'pass', overtakes: packets(overtakes), letsGo: packets(letsGo) };
    },
  };
}

/** Removes the first ones, up to one that stays. */
function takeUntil(waiting: Waiting[], stays: (one: Waiting) => boolean): Waiting[] {
  const first = waiting.findIndex(stays);
  return waiting.splice(0, first < 0 ? waiting.length : first);
}

function packets(waiting: readonly Waiting[]): WirePacket[] {
  return waiting.map(({ packet }) => packet);
}
