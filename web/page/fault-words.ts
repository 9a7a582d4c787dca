import type { FaultReport } from '../../lab/faults/fault.ts';
import { kinds } from './fault-kinds.ts';

/** What was asked for: `lose packets, 30 percent`. */
export function configured(settings: FaultReport['status']['settings']): string {
  if (settings.kind === 'hold') return 'hold packets';
  const { words, amount } = kinds[settings.kind];
  const value = new Map(Object.entries(settings)).get(amount?.name ?? '');
  return value === undefined ? words : `${words}, ${value} ${amount?.unit}`;
}
