import type { PacketStep } from '../timeline/step.ts';
import { titleOf } from './title.ts';

/** What is written at the arrow of a packet: its title, and what became of it that its arrow does not show. */
export function packetMark(step: PacketStep): string {
  const { fates, delivery, isDropped } = step;
  const names = fates.map(({ fate }) => fate);
  const odd = names.filter((fate) => fate !== 'delivered' && fate !== 'lost' && fate !== 'held');
  const words: string[] = [titleOf(step), ...new Set(odd)];
  if (delivery === 'lost') words.push('lost');
  if (isDropped) words.push('dropped');
  if (delivery === 'in-flight' && names.at(-1) === 'held') words.push('held');
  return words.join(' · ');
}
