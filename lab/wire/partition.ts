import { type Impairment, LOSE } from './impairment.ts';

/** Loses every packet: the cable is cut. */
export function partition(): Impairment {
  return { decide: () => LOSE };
}
