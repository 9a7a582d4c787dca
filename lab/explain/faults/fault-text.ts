/** A fault in words, for the terminal and the page. */

import type { FaultEvent } from '../../model/event.ts';
import type { Achieved, FaultStatus } from '../../model/wire-status.ts';
import { describeSettings } from './describe-settings.ts';

/** What has come of it, as measured, in the measure of its kind: `28.6 % of 14 packets lost`. */
export function achievedText(status: FaultStatus): string {
  const { settings, counters } = status;
  const isLosing = ['loss', 'partition', 'rate'].includes(settings.kind);
  const { lost } = counters;
  return `${measured(status)}${lost > 0 && !isLosing ? `; ${lost} lost, as too much was kept back` : ''}`;
}

function measured({ settings, counters, achieved, waiting }: FaultStatus): string {
  const { matched } = counters;
  const of = `of ${matched} ${matched === 1 ? 'packet' : 'packets'}`;
  const share = (part: number) =>
    `${matched === 0 ? 'none' : `${round((100 * part) / matched)} %`} ${of}`;
  switch (settings.kind) {
    case 'loss':
    case 'partition':
      return `${share(counters.lost)} lost`;
    case 'delay':
      return `${delayWords(achieved)}, ${of}`;
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

/** `51 ms on average, 31 to 70`, where they are known. */
function delayWords({ meanDelayMs = 0, minDelayMs, maxDelayMs }: Achieved): string {
  const mean = `${round(meanDelayMs)} ms on average`;
  if (minDelayMs === undefined || maxDelayMs === undefined) return mean;
  return `${mean}, ${round(minDelayMs)} to ${round(maxDelayMs)}`;
}

/** Which packets it is for: `tcp-client -> tcp-server`, or `tcp-server` where it is not known who sends them. */
export function pathText({ from, host }: Pick<FaultEvent, 'from' | 'host'>): string {
  return from === undefined ? host : `${from} -> ${host}`;
}

/** Its settings, and how it ended if it was not healed: `loss 40 %, only udp`. */
export function faultText({ settings, isWireKilled }: FaultEvent): string {
  const ending = isWireKilled
    ? '; its wire was killed, and the packets that it held back are lost'
    : '';
  return `${describeSettings(settings)}${ending}`;
}

/** A fault in a line of a diagram. */
export function faultLine(fault: FaultEvent): string {
  const where = fault.from === undefined ? 'at ' : '';
  return `fault ${fault.change} ${where}${pathText(fault)}: ${faultText(fault)}`;
}

/** The same where there is less room. */
export function faultLabel(fault: FaultEvent): string {
  return `${fault.fault} ${fault.change}: ${pathText(fault)}, ${faultText(fault)}`;
}

function round(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
