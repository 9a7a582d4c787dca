import type { DelaySettings } from '../../model/faults.ts';
import type { Random } from '../../util/random.ts';
import { type Impairment, NS_PER_MS } from './impairment.ts';

/**
 * Delays packets by `delayMs`, plus or minus up to `jitterMs` (uniformly distributed).
 *
 * On a line, packets cannot overtake each other, so by default a packet with a short delay leaves right after the one before
 * it; if packets arrive faster than the jitter varies, the mean delay therefore approaches the longest. With `overtaking`, each
 * packet keeps its own delay, as in a network with several paths to the destination.
 */
export function delay(settings: DelaySettings, random: Random): Impairment {
  const { delayMs, jitterMs = 0, overtaking = false } = settings;
  let lastNs = 0;
  return {
    decide(_packet, nowNs) {
      const drawnMs = delayMs + jitterMs * (2 * random() - 1);
      const dueNs = nowNs + drawnMs * NS_PER_MS;
      if (overtaking) return { kind: 'delay', untilNs: dueNs };
      lastNs = Math.max(lastNs, dueNs);
      return { kind: 'delay', untilNs: lastNs };
    },
  };
}
