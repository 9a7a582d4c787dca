import { type Impairment, lose } from './impairment.ts';

/** Loses every packet: the cable is cut. */
export function partition(): Impairment {
  return { decide: (_packet, _nowNs, count = 1) => lose(count) };
}
