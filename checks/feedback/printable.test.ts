import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test('control characters, and those that change the direction of writing, are escaped', () => {
  expect(printable('a\u001b[2Jb\u009b\u202ec')).toBe(String.raw`a\x1b[2Jb\x9b\u202ec`);
});

test('of a long line the beginning is shown, and how much follows', () => {
  expect(printable('x'.repeat(1000))).toBe(`${'x'.repeat(160)} (and 840 more characters)`);
});
