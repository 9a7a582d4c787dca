import type { Step } from '../../../lab/timeline/step.ts';
import type { Layout } from './layout.ts';

/** Some consecutive steps, and how many there are before and after. */
export interface Excerpt {
  readonly steps: readonly Step[];
  readonly before: number;
  readonly after: number;
}

/** What is seen between two heights, in pixels, and around it as many steps as make `max` together. */
export function excerpt(
  { placed }: Layout,
  { top, bottom }: { readonly top: number; readonly bottom: number },
  max: number,
): Excerpt {
  const first = placed.findIndex(({ y }) => y >= top);
  const from = first === -1 ? placed.length : first;
  const seen = placed.filter(({ y }) => y >= top && y <= bottom).length;
  const wanted = from - Math.floor((max - seen) / 2);
  const before = Math.max(0, Math.min(wanted, placed.length - max));
  const steps = placed.slice(before, before + max).map(({ step }) => step);
  return { steps, before, after: placed.length - before - steps.length };
}
