import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Progress } from './progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a start that takes longer than a second says what is started, and how far it has come', () => {
  const lines: string[] = [];
  const progress = new Progress('captures and traces', (line) => lines.push(line));
  vi.advanceTimersByTime(1000);
  progress.made(30, 200);
  vi.advanceTimersByTime(5000);
  progress[Symbol.dispose]();
  vi.advanceTimersByTime(60_000);
  expect(lines).toEqual([
    'starting captures and traces',
    'starting captures and traces: 30 of 200 hosts so far',
  ]);
});

test('a start that is quick says nothing', () => {
  const lines: string[] = [];
  const progress = new Progress('captures', (line) => lines.push(line));
  vi.advanceTimersByTime(999);
  progress[Symbol.dispose]();
  vi.advanceTimersByTime(60_000);
  expect(lines).toEqual([]);
});
