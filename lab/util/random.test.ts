import { expect, test } from 'vitest';
import { randomStream } from './random.ts';

const take = (seed: string, name: string, count: number) => {
  const random = randomStream(seed, name);
  return Array.from({ length: count }, random);
};

test('the same seed and name give the same numbers, for good', () => {
  expect(take('lecture', 'loss-1', 5)).toEqual(take('lecture', 'loss-1', 5));
  // Recordings rely on it: this changes only with a new major version.
  expect(take('lecture', 'loss-1', 3).map((n) => n.toFixed(6))).toMatchInlineSnapshot(`
    [
      "0.233987",
      "0.327123",
      "0.630371",
    ]
  `);
});

test('another seed or another name gives other numbers', () => {
  const streams = [take('a', 'b', 4), take('a', 'c', 4), take('b', 'b', 4), take('ab', '', 4)];
  expect(new Set(streams.map(String)).size).toBe(4);
});

test('the numbers are spread evenly from 0 to 1', () => {
  const numbers = take('even', 'spread', 100_000);
  const tenths = Array(10).fill(0);
  for (const number of numbers) tenths[Math.floor(number * 10)] += 1;
  // Four standard deviations of a binomial count with n = 100,000 and p = 0.1: 380.
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(380);
});
