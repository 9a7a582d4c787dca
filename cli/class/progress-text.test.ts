import { expect, test } from 'vitest';
import { progressText } from './progress-text.ts';

test('the time that is left follows from what this run has graded, and not from what was kept', () => {
  const progress = { done: 12, kept: 6, all: 30, passed: 3, tookMs: 80_000 };
  expect(progressText(progress)).toBe('12 of 30, 3 passed, about 4 min left');
  expect(progressText({ ...progress, kept: 12 })).toBe('12 of 30, 3 passed');
  expect(progressText({ ...progress, done: 29 })).toBe('29 of 30, 3 passed, less than 1 min left');
});
