import { expect, test } from 'vitest';
import { processName } from './process-name.ts';

test('a program is named by its file', () => {
  expect(processName('/usr/local/bin/node')).toBe('node');
  expect(processName('./größe')).toBe('größe');
  expect(processName('')).toBeUndefined();
});

test('a name of 20,000 control characters is short, and has none of them', () => {
  const name = processName('\u0001'.repeat(20_000)) ?? '';
  expect(name.length).toBeLessThanOrEqual(64);
  expect(name).toMatch(/^\\u\{1\}[^\p{Cc}]*$/u);
});
