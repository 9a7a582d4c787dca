import type { HoldSettings } from '../../model/faults.ts';
import { type Impairment, lose } from './impairment.ts';

/** How many packets are waiting, as the pipeline knows. */
export type Waiting = () => number;

/** Holds every packet until a decision from outside. A packet that finds `limit` others waiting is lost. */
export function hold({ limit = 1000 }: HoldSettings, waiting: Waiting): Impairment {
  return {
    decide: (_packet, _nowNs, count = 1) => (waiting() < limit ? { kind: 'wait' } : lose(count)),
  };
}
