import { expect, test } from 'vitest';
import { lateness } from './lateness.ts';

test('what kept the peers from their timers is known, and since when', () => {
  const sinceMs = Date.now();
  // Nothing else can be done by a program meanwhile: so it is with one that gets no processor.
  while (Date.now() < sinceMs + 600);
  expect(lateness({ sinceMs })).toBeGreaterThan(400);
  expect(lateness({ sinceMs: Date.now() + 60_000 })).toBe(0);
});
