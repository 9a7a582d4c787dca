import type { LossSettings } from '../../model/faults.ts';
import type { Random } from '../../util/random.ts';
import { drawn, type Impairment, lose, PASS } from './impairment.ts';

/** Loses packets, each independently of the others: a datagram is lost if one of its fragments is. */
export function loss({ percent }: LossSettings, random: Random): Impairment {
  return {
    decide(_packet, _nowNs, count = 1) {
      const hits = drawn(percent, count, random);
      return hits === 0 ? PASS : lose(hits);
    },
  };
}
