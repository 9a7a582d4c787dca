import { expect, test } from 'vitest';
import { atOnceHere } from './at-once.ts';

const GIB = 2 ** 30;

test('as many are graded at once as there are processors, but no more than fit into the memory', () => {
  expect(atOnceHere(8, 64 * GIB)).toBe(8);
  expect(atOnceHere(8, 4 * GIB)).toBe(4);
  expect(atOnceHere(1, GIB / 2)).toBe(1);
});
