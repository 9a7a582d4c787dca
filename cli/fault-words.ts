import { describeSettings, type FaultReport, type HostFault } from '../lab/index.ts';
import { counted } from './counted.ts';

/** A fault in one line: where, what was asked for, and what came of it. */
export function faultWords({ id, from, to, status }: FaultReport): string {
  return `${id}: ${from} -> ${to}, ${describeSettings(status.settings)}`;
}

/** What is wrong with a host. */
export function hostWords({ state, exitCode }: HostFault): string {
  return exitCode === undefined ? state : `${state}, exit code ${exitCode}`;
}

/** What has come of it, in the measure of its kind. */
export function achieved({ settings, counters, achieved, waiting }: FaultReport['status']): string {
  const of = `of ${counted(counters.matched, 'packet')}`;
  const percent = (count: number) =>
    counters.matched === 0 ? '-' : `${round((100 * count) / counters.matched)} %`;
  switch (settings.kind) {
    case 'loss':
    case 'partition':
      return `${percent(counters.lost)} ${of} lost`;
    case 'delay':
      return `${round(achieved.meanDelayMs ?? 0)} ms on average, ${of}`;
    case 'reorder':
      return `${percent(counters.reordered)} ${of} overtaken`;
    case 'duplicate':
      return `${percent(counters.duplicated)} ${of} duplicated`;
    case 'corrupt':
      return `${percent(counters.corrupted)} ${of} corrupted`;
    case 'rate':
      return `${round(achieved.rateKbit ?? 0)} kbit/s, ${counters.lost} ${of} lost`;
    case 'hold':
      return `${waiting} ${of} wait`;
  }
}

function round(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
