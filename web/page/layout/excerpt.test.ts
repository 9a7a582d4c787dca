import { expect, test } from 'vitest';
import type { Step } from '../../../lab/timeline/step.ts';
import { excerpt } from './excerpt.ts';
import { layout } from './layout.ts';
import { StepClock } from './step-clock.ts';

const steps = Array.from({ length: 100 }, (_, id): Step => {
  const at = { atNs: String(id), host: 'a' };
  return { ...at, id, kind: 'log', log: { ...at, kind: 'log', line: '' }, links: [] };
});
const whole = layout(steps, new StepClock());
const yOf = (id: number) => whole.placed[id]?.y ?? 0;

test.each([
  { what: 'the end', top: yOf(90), bottom: yOf(99), first: 80, before: 80, after: 0 },
  { what: 'the beginning', top: 0, bottom: yOf(9), first: 0, before: 0, after: 80 },
  { what: 'both sides', top: yOf(50), bottom: yOf(59), first: 45, before: 45, after: 35 },
  { what: 'nothing', top: 1e6, bottom: 2e6, first: 80, before: 80, after: 0 },
])('an excerpt is around $what', ({ top, bottom, first, before, after }) => {
  const part = excerpt(whole, { top, bottom }, 20);
  expect(part).toMatchObject({ before, after });
  expect(part.steps.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => first + i));
});

test('an excerpt of few steps has all of them', () => {
  expect(excerpt(whole, { top: 0, bottom: 100 }, 300)).toEqual({ steps, before: 0, after: 0 });
});
