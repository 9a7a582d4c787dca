/** What has come of a fault, for a person at the terminal or at the page. Nothing of Node.js is used, so that a page loads it. */
import type { FaultStatus } from './wire/status.ts';

/** What has come of it, as measured, in the measure of its kind: `28.6 % of 14 packets lost`. */
export function achievedWords({ settings, counters, achieved, waiting }: FaultStatus): string {
  const { matched } = counters;
  const of = `of ${matched} ${matched === 1 ? 'packet' : 'packets'}`;
  const share = (part: number) =>
    `${matched === 0 ? 'none' : `${round((100 * part) / matched)} %`} ${of}`;
  switch (settings.kind) {
    case 'loss':
    case 'partition':
      return `${share(counters.lost)} lost`;
    case 'delay':
      return `${round(achieved.meanDelayMs ?? 0)} ms on average, ${of}`;
    case 'reorder':
      return `${share(counters.reordered)} overtaken`;
    case 'duplicate':
      return `${share(counters.duplicated)} duplicated`;
    case 'corrupt':
      return `${share(counters.corrupted)} corrupted`;
    case 'rate':
      return `${round(achieved.rateKbit ?? 0)} kbit/s, ${counters.lost} ${of} lost`;
    case 'hold':
      return `${waiting} ${of} wait`;
  }
}

function round(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
