import { expect, test } from 'vitest';
import { silenceMs } from './back-off.ts';

const never = () => 0;
const always = () => 1;

test('the first silence is TIMEOUT_MS, and each is twice as long as the one before', () => {
  expect([1, 2, 3, 4, 11].map((tries) => silenceMs(tries, 1000, never))).toStrictEqual([
    1000, 2000, 4000, 8000, 1_024_000,
  ]);
});

test('jitter makes a silence longer by a quarter at most', () => {
  expect([1, 2, 3].map((tries) => silenceMs(tries, 1000, always))).toStrictEqual([
    1250, 2500, 5000,
  ]);
  expect(silenceMs(1, 1000, () => 0.5)).toBe(1125);
});

test('two silences with jitter differ, and stay within their bounds', () => {
  const silences = Array.from({ length: 1000 }, () => silenceMs(2, 1000));
  expect(new Set(silences).size).toBeGreaterThan(900);
  expect(Math.min(...silences)).toBeGreaterThanOrEqual(2000);
  expect(Math.max(...silences)).toBeLessThan(2500);
});

test('even the longest silence is one that a timer can wait for', () => {
  expect(silenceMs(11, 600_000, always)).toBeLessThan(2 ** 31);
});
