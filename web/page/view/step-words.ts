import { faultText, pathWords } from '../../../lab/explain/fault-words.ts';
import type { FaultStep, PacketStep, Step } from '../../../lab/timeline/step.ts';
import { count } from '../format.ts';
import type { Columns } from '../layout/columns.ts';
import { spoken } from './sentence.ts';

/** What is written at the mark of a packet, but for the sign of one that is sent again. */
export function packetWords({ title, fates, delivery, isDropped }: PacketStep): string {
  const odd = fates.filter((fate) => fate !== 'delivered' && fate !== 'lost' && fate !== 'held');
  const words = [title, ...new Set(odd)];
  if (delivery === 'lost') words.push('lost');
  if (isDropped) words.push('dropped');
  if (delivery === 'in-flight' && fates.at(-1) === 'held') words.push('held');
  return words.join(' · ');
}

export function faultWords({ title, fault }: FaultStep): string {
  return `${title}: ${pathWords(fault)}, ${faultText(fault)}`;
}

/** What is written beside a mark, and whose it is, where that is in the column of several hosts. */
export function withHost(words: string, host: string, { others }: Columns): string {
  return others.has(host) ? `${host}: ${words}` : words;
}

/** What is written at the mark of a packet, and which host it is from or for, where that has no column of its own. */
export function packetWordsIn(step: PacketStep, { others }: Columns): string {
  const words = packetWords(step);
  if (others.has(step.from)) return `${step.from}: ${words}`;
  return others.has(step.to) ? `${words} → ${step.to}` : words;
}

/** `and 188 more hosts`, beside those that have a column. */
export function moreHosts(others: number, shown: number): string {
  return shown === 0 ? count(others, 'host') : `and ${count(others, 'more host')}`;
}

/** The name of a step for who hears it: what others see, whole (WCAG 2.2, success criterion 2.5.3), and its sentence. */
export function stepName(step: Step): string {
  return `${wordsOf(step)}. ${spoken(step.sentence)}`;
}

function wordsOf(step: Step): string {
  if (step.kind === 'packet') return packetWords(step);
  return step.kind === 'fault' ? faultWords(step) : step.title;
}
