import type { Step } from '../timeline/step.ts';
import { msOf } from '../util/nanoseconds.ts';

/** Steps within this time share columns. */
const TOGETHER_MS = 5000;

/** Steps in parts that take no longer than `TOGETHER_MS`: a recording may come all at once. */
export function together(steps: readonly Step[]): Step[][] {
  const parts: Step[][] = [];
  let endMs = Number.NEGATIVE_INFINITY;
  for (const step of steps) {
    const atMs = msOf(step.atNs);
    if (atMs >= endMs) {
      parts.push([]);
      endMs = atMs + TOGETHER_MS;
    }
    parts.at(-1)?.push(step);
  }
  return parts;
}
