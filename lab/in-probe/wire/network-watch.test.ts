import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { monotonicNs } from './clock.ts';
import { networkGone } from './network-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** When it resolved, in seconds; undefined if it did not within a minute. */
async function goneAfterS(isThere: (s: number) => boolean, askedS: readonly number[] = []) {
  const startNs = monotonicNs();
  const nowS = () => Math.round((monotonicNs() - startNs) / 1e9);
  let gone: number | undefined;
  const lastAskedNs = () => startNs + 1e9 * Math.max(0, ...askedS.filter((s) => s <= nowS()));
  void networkGone(lastAskedNs, () => isThere(nowS())).then(() => {
    gone = nowS();
  });
  await vi.advanceTimersByTimeAsync(60_000);
  return gone;
}

test('a host without a network for ten seconds has gone', async () => {
  expect(await goneAfterS((s) => s < 5)).toBe(14);
});

test('a host that is taken off its network and put on it again has not', async () => {
  expect(await goneAfterS((s) => s < 5 || s > 13)).toBeUndefined();
});

test('as long as somebody asks there is an answer', async () => {
  expect(await goneAfterS(() => false, [5, 12, 20])).toBe(30);
});
