import { expect, test } from 'vitest';
import { shownLine } from './shown-line.ts';

test('what a terminal would obey is not shown as it is', () => {
  expect(shownLine('a\u001b[2Jb\u0007\u202ec')).toBe(String.raw`ab\u{7}\u{202e}c`);
});

test('of a long line the beginning is shown, and how much follows', () => {
  expect(shownLine('x'.repeat(1000))).toBe(`${'x'.repeat(160)} (and 840 more characters)`);
});
