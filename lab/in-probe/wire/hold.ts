import type { HoldSettings } from '../../model/faults.ts';
import { type Impairment, lose } from './impairment.ts';

/** How many are waiting is known to who lets them go. */
export type Waiting = () => number;

/** Keeps every packet until somebody outside decides what becomes of it. What finds `limit` waiting is lost. */
export function hold({ limit = 1000 }: HoldSettings, waiting: Waiting): Impairment {
  return {
    decide: (_packet, _nowNs, count = 1) => (waiting() < limit ? { kind: 'wait' } : lose(count)),
  };
}
