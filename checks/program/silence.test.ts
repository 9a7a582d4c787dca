import { expect, test } from 'vitest';
import { endedInSilence } from './silence.ts';

const quiet = { quietFromMs: 1000, quietToMs: 9000 };

test('a program that ends when nobody has come for a while ends in silence', () => {
  expect(endedInSilence({ ...quiet, endedMs: 6000 })).toBe(true);
});

test('one that ends soon after a check does not, nor one that ends during the next', () => {
  expect(endedInSilence({ ...quiet, endedMs: 1500 })).toBe(false);
  expect(endedInSilence({ ...quiet, endedMs: 9001 })).toBe(false);
});
