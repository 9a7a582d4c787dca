import type { FaultSettings } from './faults.ts';

/** Whether chance has a part in a fault, so that its seed matters. */
export function usesChance(settings: FaultSettings): boolean {
  switch (settings.kind) {
    case 'loss':
    case 'reorder':
    case 'duplicate':
      return settings.percent > 0 && settings.percent < 100;
    case 'corrupt':
      // Also where all are corrupted: chance chooses the bits.
      return settings.percent > 0;
    case 'delay':
      return (settings.jitterMs ?? 0) > 0;
    case 'rate':
    case 'partition':
    case 'hold':
      return false;
  }
}
