import type { FaultSettings } from '../../model/faults.ts';
import type { Random } from '../../util/random.ts';
import { corrupt } from './corrupt.ts';
import { delay } from './delay.ts';
import { duplicate } from './duplicate.ts';
import { hold, type Waiting } from './hold.ts';
import type { Impairment } from './impairment.ts';
import { loss } from './loss.ts';
import { partition } from './partition.ts';
import { rate } from './rate.ts';
import { reorder } from './reorder.ts';

/** Creates an impairment from its settings. @param waiting how many packets wait at it */
export function impairment(settings: FaultSettings, random: Random, waiting: Waiting): Impairment {
  switch (settings.kind) {
    case 'loss':
      return loss(settings, random);
    case 'delay':
      return delay(settings, random);
    case 'reorder':
      return reorder(settings, random);
    case 'duplicate':
      return duplicate(settings, random);
    case 'corrupt':
      return corrupt(settings, random);
    case 'rate':
      return rate(settings);
    case 'partition':
      return partition();
    case 'hold':
      return hold(settings, waiting);
  }
}
