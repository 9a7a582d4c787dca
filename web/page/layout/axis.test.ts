import { expect, test } from 'vitest';
import { axis, type Moment, ROW_PX } from './axis.ts';

function begins(atMs: number, above = 13): Moment {
  return { atMs, isBeginning: true, above, joins: false };
}

function ends(atMs: number): Moment {
  return { atMs, isBeginning: false, above: 0, joins: false };
}

test('later moments are further down, each in a row of its own', () => {
  const { ys, height } = axis([begins(0), begins(0), ends(0.06), begins(0.07), ends(0.07)]);
  const [first = 0, second = 0, end = 0, third = 0, last = 0] = ys;
  expect(second - first).toBeGreaterThanOrEqual(ROW_PX);
  expect(end).toBeGreaterThan(second);
  expect(third - second).toBeGreaterThanOrEqual(ROW_PX);
  expect(last).toBeGreaterThan(third);
  expect(height).toBeGreaterThan(last);
});

test('longer pauses get more room, but not in proportion', () => {
  const slope = (ms: number) => {
    const [y = 0, endY = 0] = axis([begins(0), ends(ms)]).ys;
    return endY - y;
  };
  expect(slope(1)).toBeGreaterThan(slope(0.1));
  expect(slope(100)).toBeGreaterThan(slope(10));
  expect(slope(100)).toBeLessThan(4 * slope(1));
});

test('long silences are marked', () => {
  const { ys, gaps } = axis([begins(0), begins(0.1), begins(1020.1)]);
  expect(gaps).toHaveLength(1);
  expect(gaps[0]?.ms).toBeCloseTo(1020);
  expect(gaps[0]?.y).toBeGreaterThan(ys[1] ?? 0);
  expect(gaps[0]?.y).toBeLessThan(ys[2] ?? 0);
});

test('moments that belong together share a row', () => {
  const [first, second] = axis([begins(0), { ...begins(0), joins: true }]).ys;
  expect(second).toBe(first);
});

test('what is drawn already does not move when more follows', () => {
  const before = axis([begins(0), ends(3)]).ys;
  const after = axis([begins(0), ends(3), begins(4), ends(900)]).ys;
  expect([...after.slice(0, 2)]).toEqual([...before]);
});

test('an axis without moments is empty', () => {
  expect(axis([]).gaps).toEqual([]);
});
