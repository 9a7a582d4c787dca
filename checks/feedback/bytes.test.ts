import { expect, test } from 'vitest';
import { differenceLines } from './bytes.ts';

const linesOf = (expected: string, received: string) =>
  differenceLines(Buffer.from(expected), Buffer.from(received));

test('a caret stands under the first wrong byte, in hex', () => {
  const [expected = '', received = '', caret = ''] = linesOf('hello', 'help!');
  expect(expected).toMatch(/^expected {2}all of 5 bytes +68 65 6c 6c 6f +\|hello\|$/);
  expect(received).toMatch(/^received {2}all of 5 bytes +68 65 6c 70 21 +\|help!\|$/);
  expect(caret).toMatch(/^ +\^\^ byte 3$/);
  const at = caret.indexOf('^^');
  expect([expected.slice(at, at + 2), received.slice(at, at + 2)]).toEqual(['6c', '70']);
});

test('where nothing was received, it is said', () => {
  expect(linesOf('hello', '')[1]).toBe('received  nothing');
});

test('of many bytes those around the first wrong one are shown', () => {
  const [expected, received, caret] = linesOf('a'.repeat(1000), `${'a'.repeat(500)}b`);
  expect(expected).toContain('1000 bytes, from byte 492');
  expect(received).toMatch(/501 bytes, from byte 492 +(61 ){8}62 +\|aaaaaaaab\|$/);
  expect(caret).toMatch(/byte 500$/);
});

test('control characters are dots', () => {
  expect(linesOf('a\u001b[2Jb', 'a')[0]).toContain('|a.[2Jb|');
});
