import { expect, test } from 'vitest';
import { decisionText } from './decision-text.ts';

test.each([
  [{ action: 'deliver' }, 'delivered'],
  [{ action: 'drop' }, 'dropped'],
  [{ action: 'duplicate' }, 'delivered twice'],
  [{ action: 'delay', delayMs: 500 }, 'delayed by 500 ms'],
] as const)('the decision %j is described as "%s"', (decision, words) => {
  expect(decisionText(decision)).toBe(words);
});
