import { expect, test } from 'vitest';
import { differenceLines } from './bytes.ts';

const linesOf = (expected: string, received: string) =>
  differenceLines(Buffer.from(expected), Buffer.from(received));

test('a caret stands under the first wrong byte, in hex', () => {
  const [expected = '', received = '', caret = ''] = linesOf('hello', 'help!');
  expect(expected).toBe('expected  68 65 6c 6c 6f  |hello|  5 bytes');
  expect(received).toBe('received  68 65 6c 70 21  |help!|  5 bytes');
  expect(caret).toBe('                   ^^ byte 3, counted from 0');
  const at = caret.indexOf('^^');
  expect([expected.slice(at, at + 2), received.slice(at, at + 2)]).toEqual(['6c', '70']);
});

test('where a part is missing, the caret stands behind what was received', () => {
  expect(linesOf('hello', 'hel')).toEqual([
    'expected  68 65 6c 6c 6f  |hello|  5 bytes',
    'received  68 65 6c        |hel|    3 bytes',
    '                   ^^ byte 3, counted from 0',
  ]);
});

test('where nothing was received, it is said', () => {
  expect(linesOf('hello', '')[1]).toBe('received  nothing');
});

test('of many bytes those around the first wrong one are shown, in 80 columns', () => {
  const lines = linesOf('a'.repeat(100_000), `${'a'.repeat(99_990)}b`);
  expect(lines[0]).toMatch(/^expected {2}(61 ){12} \|a{12}\| {2}of 100000 bytes$/);
  expect(lines[1]).toMatch(/^received {2}(61 ){6}62 +\|aaaaaab\| +of 99991 bytes$/);
  expect(lines[2]).toMatch(/byte 99990, counted from 0$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test('control characters are dots', () => {
  expect(linesOf('a\u001b[2Jb', 'a')[0]).toContain('|a.[2Jb|');
});
