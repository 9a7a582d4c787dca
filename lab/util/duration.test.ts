import { expect, test } from 'vitest';
import { duration } from './duration.ts';

test.each([
  [1234, '1.23 µs'],
  [60_400, '0.06 ms'],
  [12_340, '0.01 ms'],
  [204.24e6, '204.2 ms'],
  [1020.1e6, '1.02 s'],
  [59.97e9, '60 s'],
  [119.6e9, '2 min 0 s'],
  [185e9, '3 min 5 s'],
])('%d ns is said as %s', (ns, words) => {
  expect(duration(ns)).toBe(words);
});
