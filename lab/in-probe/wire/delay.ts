import type { DelaySettings } from '../../model/faults.ts';
import type { Random } from '../../util/random.ts';
import { type Impairment, NS_PER_MS } from './impairment.ts';

/**
 * Delays packets by `delayMs`, give or take up to `jitterMs` (evenly distributed).
 *
 * A line does not let packets overtake each other, so by default a packet that drew a short delay leaves right after the
 * one before it; where packets come faster than the jitter varies, the mean delay therefore tends to the longest. With
 * `overtaking` each keeps the delay that it drew, as over a network with several ways to the same place.
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
