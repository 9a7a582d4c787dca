import { expect, test } from 'vitest';
import { lastLines } from './last-lines.ts';

test('of many lines the last are shown, and it is said that there were more', () => {
  expect(lastLines(['a', 'b', 'c'], 2)).toEqual({ output: ['b', 'c'], hasEarlierOutput: true });
});

test('where all lines are shown, nothing is said', () => {
  expect(lastLines(['a', 'b'], 2)).toEqual({ output: ['a', 'b'] });
});
