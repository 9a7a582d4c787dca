import { expect, test } from 'vitest';
import { clip, label } from './label.ts';

const picture = { left: 0, right: 400, charPx: 10 };

test('a label follows the direction of its arrow', () => {
  const there = { ...picture, x: 100, otherX: 300 };
  expect(label('SYN', { ...there, goesRight: true })).toEqual({
    x: 100,
    anchor: 'start',
    text: 'SYN',
  });
  expect(label('SYN', { ...there, goesRight: false })).toEqual({
    x: 100,
    anchor: 'end',
    text: 'SYN',
  });
});

test('a label is turned round where it would leave the picture and the other side has more room', () => {
  const options = { ...picture, x: 100, otherX: 20, goesRight: false };
  expect(label('a long label', options)).toMatchObject({ x: 20, anchor: 'start' });
});

test('a label that fits nowhere is truncated', () => {
  expect(clip('a long label', 60, 10)).toBe('a lon…');
  expect(clip('short', 60, 10)).toBe('short');
  expect(clip('no room', 0, 10)).toBe('…');
});
