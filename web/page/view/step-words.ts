import { faultLabel } from '../../../lab/explain/faults/fault-text.ts';
import { packetMark } from '../../../lab/explain/packet-mark.ts';
import { sentenceOf } from '../../../lab/explain/sentence.ts';
import { titleOf } from '../../../lab/explain/title.ts';
import type { PacketStep, Step } from '../../../lab/timeline/step.ts';
import { count } from '../format.ts';
import type { Columns } from '../layout/columns.ts';
import { spoken } from './sentence.ts';

/** The text beside a mark, with its host if several hosts share the column. */
export function withHost(words: string, host: string, { others }: Columns): string {
  return others.has(host) ? `${host}: ${words}` : words;
}

/** The text at the mark of a packet, with its sender or receiver if that has no column of its own. */
export function packetWordsIn(step: PacketStep, { others }: Columns): string {
  const words = packetMark(step);
  if (others.has(step.from)) return `${step.from}: ${words}`;
  return others.has(step.to) ? `${words} → ${step.to}` : words;
}

/** `and 188 more hosts`, beside those that have a column. */
export function moreHosts(others: number, shown: number): string {
  return shown === 0 ? count(others, 'host') : `and ${count(others, 'more host')}`;
}

/** The name of a step for screen readers: the whole visible label (WCAG 2.2, success criterion 2.5.3), and its sentence. */
export function stepName(step: Step, columns: Columns, mark?: string): string {
  const label = [wordsOf(step, columns), mark].filter(Boolean).join(' ');
  return `${label}. ${spoken(sentenceOf(step))}`;
}

function wordsOf(step: Step, columns: Columns): string {
  if (step.kind === 'packet') return packetWordsIn(step, columns);
  if (step.kind === 'fault') return faultLabel(step.fault);
  return step.kind === 'host' ? titleOf(step) : withHost(titleOf(step), step.host, columns);
}
