import type { LossSettings } from './faults.ts';
import { type Impairment, LOSE, PASS } from './impairment.ts';
import type { Random } from './random.ts';

/** Loses packets, each independently of the others. */
export function loss({ percent }: LossSettings, random: Random): Impairment {
  return { decide: () => (random() * 100 < percent ? LOSE : PASS) };
}
