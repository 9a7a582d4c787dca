import { expect, test } from 'vitest';
import { Lag } from './lag.ts';

/** The clocks of server and browser have nothing to do with each other. */
const APART_MS = 7_000_000;
const message = (sentAtMs: number, behindMs = 0) => ({ sentAtMs: sentAtMs + APART_MS, behindMs });

test('a page that looks at each message as it comes is not behind', () => {
  const lag = new Lag();
  for (const ms of [0, 2000, 4000]) lag.see(message(ms), ms + 5);
  expect(lag.behindMs).toBe(0);
});

test('a page is behind by what waits at its server, and by what it has not looked at yet', () => {
  const lag = new Lag();
  lag.see(message(0), 5);
  lag.see(message(1000, 40_000), 1005);
  expect(lag.behindMs).toBe(40_000);
  lag.see(message(2000), 9005);
  expect(lag.behindMs).toBe(7000);
});

test('a page cannot keep up only if it is far behind for long without a break', () => {
  const lag = new Lag();
  for (const ms of [0, 10_000, 20_000]) {
    lag.see(message(ms, 60_000), ms);
    expect(lag.isTooMuch(ms)).toBe(ms === 20_000);
  }
  lag.see(message(21_000), 21_000);
  lag.see(message(22_000, 60_000), 22_000);
  expect(lag.isTooMuch(22_000)).toBe(false);
});
