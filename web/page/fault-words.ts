import type { FaultReport } from '../../lab/faults/fault.ts';
import { kinds } from './fault-kinds.ts';
import { count } from './format.ts';

type Status = FaultReport['status'];

/** What was asked for: `lose packets, 30 percent`. */
export function configured(settings: Status['settings']): string {
  if (settings.kind === 'hold') return 'hold packets';
  const { words, amount } = kinds[settings.kind];
  const value = new Map(Object.entries(settings)).get(amount?.name ?? '');
  return value === undefined ? words : `${words}, ${value} ${amount?.unit}`;
}

/** What has come of it, as measured, in the measure of its kind. */
export function achieved({ settings, counters, achieved: measured, waiting }: Status): string {
  const of = count(counters.matched, 'packet');
  const share = (part: number) =>
    counters.matched === 0 ? 'none' : `${((100 * part) / counters.matched).toFixed(1)} %`;
  switch (settings.kind) {
    case 'loss':
    case 'partition':
      return `${share(counters.lost)} of ${of} lost`;
    case 'delay':
      return `${(measured.meanDelayMs ?? 0).toFixed(1)} ms on average, ${of}`;
    case 'reorder':
      return `${share(counters.delayed)} of ${of} overtaken`;
    case 'duplicate':
      return `${share(counters.duplicated)} of ${of} duplicated`;
    case 'corrupt':
      return `${share(counters.corrupted)} of ${of} corrupted`;
    case 'rate':
      return `${(measured.rateKbit ?? 0).toFixed(1)} kbit/s, ${counters.lost} of ${of} lost`;
    case 'hold':
      return `${waiting} of ${of} wait`;
  }
}
