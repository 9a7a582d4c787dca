import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventBudget, type Level, type Summary } from './event-budget.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function startBudget() {
  const report = vi.fn<(summary: Summary) => void>();
  const budget = new EventBudget(100, report);
  /** How many of so many events are let through. */
  const offer = (count: number, event = 'accepted', level: Level = 'info') =>
    Array.from({ length: count }, () => budget.admits(event, level)).filter(Boolean).length;
  return { budget, offer, report };
}

test('a hundred events per second are logged one by one, and the others are not', () => {
  const { offer } = startBudget();
  expect(offer(60, 'accepted')).toBe(60);
  expect(offer(60, 'closed')).toBe(40);
  expect(offer(60, 'aborted', 'warn')).toBe(0);
});

test('the others are summed up by name at the end of the second', () => {
  const { offer, report } = startBudget();
  offer(150, 'accepted');
  offer(7, 'closed');
  vi.advanceTimersByTime(999);
  expect(report).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(report.mock.calls).toStrictEqual([
    [
      {
        counts: { accepted: 50, closed: 7 },
        level: 'info',
        sentence: 'and in the same second: 50 × accepted, 7 × closed',
      },
    ],
  ]);
});

test('each second has a budget of its own', () => {
  const { offer, report } = startBudget();
  offer(300);
  vi.advanceTimersByTime(1000);
  expect(offer(130)).toBe(100);
  vi.advanceTimersByTime(1000);
  expect(report.mock.calls.map(([{ counts }]) => counts)).toStrictEqual([
    { accepted: 200 },
    { accepted: 30 },
  ]);
});

test('a second begins with its first event, not with the budget', () => {
  const { offer, report } = startBudget();
  vi.advanceTimersByTime(700);
  offer(101);
  vi.advanceTimersByTime(999);
  expect(report).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(report).toHaveBeenCalledOnce();
});

test('a second in which everything was logged is not summed up', () => {
  const { offer, report } = startBudget();
  offer(100);
  vi.advanceTimersByTime(5000);
  expect(report).not.toHaveBeenCalled();
});

test('an error is always logged, and takes nothing away from the others', () => {
  const { offer } = startBudget();
  expect(offer(500, 'failed', 'error')).toBe(500);
  expect(offer(200)).toBe(100);
  expect(offer(500, 'failed', 'error')).toBe(500);
});

test('a summary is as severe as the severest event in it', () => {
  const { budget, offer, report } = startBudget();
  offer(100);
  offer(1, 'turned-away', 'warn');
  offer(1);
  budget.close();
  offer(101);
  budget.close();
  expect(report.mock.calls.map(([{ level }]) => level)).toStrictEqual(['warn', 'info']);
});

test('closing reports what was left out at once, and only once', () => {
  const { budget, offer, report } = startBudget();
  offer(103);
  budget.close();
  expect(report).toHaveBeenCalledOnce();
  expect(report.mock.calls[0]?.[0].counts).toStrictEqual({ accepted: 3 });
  budget.close();
  vi.advanceTimersByTime(5000);
  expect(report).toHaveBeenCalledOnce();
});

test('closing leaves no timer behind', () => {
  const { budget, offer } = startBudget();
  offer(1);
  expect(vi.getTimerCount()).toBe(1);
  budget.close();
  expect(vi.getTimerCount()).toBe(0);
});
