import { expect, test } from 'vitest';
import { script } from './decisions.ts';

test('a script is a list of decisions', () => {
  expect(script('deliver,delay:500ms')).toEqual([
    { action: 'deliver' },
    { action: 'delay', delayMs: 500 },
  ]);
});

test.each(['constructor', '__proto__', 'toString', ''])('"%s" is no decision', (word) => {
  expect(() => script(word)).toThrow(/must be deliver, drop, duplicate or delay:TIME/);
});
