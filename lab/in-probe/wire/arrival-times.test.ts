import { expect, test } from 'vitest';
import { ArrivalTimes } from './arrival-times.ts';

test('packets with one stamp have different times, in their order', () => {
  const times = new ArrivalTimes();
  const stamps = [5000n, 5000n, 5000n, 6000n];
  expect(stamps.map((stamp) => times.next(stamp))).toEqual([5000n, 5001n, 5002n, 6000n]);
});

test('a clock that was set back is followed', () => {
  const times = new ArrivalTimes();
  expect([9_000_000n, 5000n].map((stamp) => times.next(stamp))).toEqual([9_000_000n, 5000n]);
});
