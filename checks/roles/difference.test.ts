import { expect, test } from 'vitest';
import { differenceOf } from './difference.ts';

test.each([
  ['hello', 'hello', undefined],
  ['', '', undefined],
  ['hello', '', 'nothing-received'],
  ['hello', 'hell', 'part-missing'],
  ['hello', 'hello\n', 'more-bytes'],
  ['', 'hello', 'more-bytes'],
  ['hello', 'hallo', 'other-bytes'],
  ['hello', 'ha', 'other-bytes'],
])('of %j, %j received is %s', (expected, received, code) => {
  expect(differenceOf(Buffer.from(expected), Buffer.from(received))).toBe(code);
});
