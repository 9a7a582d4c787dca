import { expect, test } from 'vitest';
import type { FaultSettings } from './faults.ts';
import { usesChance } from './uses-chance.ts';

test.each<[FaultSettings, boolean]>([
  [{ kind: 'loss', percent: 30 }, true],
  [{ kind: 'loss', percent: 100 }, false],
  [{ kind: 'duplicate', percent: 0 }, false],
  [{ kind: 'corrupt', percent: 100 }, true],
  [{ kind: 'delay', delayMs: 200 }, false],
  [{ kind: 'delay', delayMs: 200, jitterMs: 50 }, true],
  [{ kind: 'rate', rateKbit: 512 }, false],
  [{ kind: 'partition' }, false],
])('%o uses chance: %s', (settings, expected) => {
  expect(usesChance(settings)).toBe(expected);
});
