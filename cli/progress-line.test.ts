import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showing } from './progress-line.ts';

const { isTTY } = process.stderr;
beforeEach(() => {
  vi.useFakeTimers();
  process.stderr.isTTY = true;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

test('what takes longer than a second is shown until it is done', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const task = Promise.withResolvers<number>();
  const shown = showing('starting captures', () => task.promise);
  vi.advanceTimersByTime(999);
  expect(written).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  task.resolve(7);
  expect(await shown).toBe(7);
  expect(written.mock.calls.flat()).toEqual(['\x1b[2K\r… starting captures', '\x1b[2K\r']);
});

test('what is quick is not shown, also when it fails', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const failing = showing('starting captures', () => Promise.reject(new Error('no engine')));
  await expect(failing).rejects.toThrow('no engine');
  vi.advanceTimersByTime(60_000);
  expect(written).not.toHaveBeenCalled();
});
