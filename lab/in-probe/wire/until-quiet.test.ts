import { expect, test } from 'vitest';
import { untilQuiet } from './until-quiet.ts';

/** Looks on a clock that goes on by so many microseconds with each. */
function looking(looksUs: readonly number[], isAny: (look: number) => boolean) {
  let nowNs = 0;
  let looks = 0;
  const look = () => {
    nowNs += (looksUs[looks] ?? 10) * 1000;
    looks += 1;
    return isAny(looks);
  };
  const isQuiet = untilQuiet(look, 100_000, () => nowNs);
  return { isQuiet, looks };
}

test('it is quiet when nothing has been found for a while', () => {
  expect(looking([], (look) => look < 5)).toEqual({ isQuiet: true, looks: 14 });
});

test('a look that took long proves nothing about now', () => {
  expect(looking([200], () => false)).toEqual({ isQuiet: true, looks: 2 });
});

test('where something is always found it does not become quiet, and that is reported', () => {
  expect(looking([], () => true)).toEqual({ isQuiet: false, looks: 201 });
});
