import { expect, test } from 'vitest';
import { healthCheck } from './health-check.ts';

test('a health check is recognized by its command', () => {
  const isCheck = healthCheck(['CMD', 'node', 'health.js']);
  expect(isCheck(['node', 'health.js'])).toBe(true);
  expect(isCheck(['node', 'client.js'])).toBe(false);
  expect(isCheck(['node'])).toBe(false);
});

test('a health check in a shell is recognized as the shell, and as the command that it becomes', () => {
  const isCheck = healthCheck(['CMD-SHELL', 'curl --fail localhost:80 || exit 1']);
  expect(isCheck(['/bin/sh', '-c', 'curl --fail localhost:80 || exit 1'])).toBe(true);
  expect(isCheck(['curl', '--fail', 'localhost:80'])).toBe(true);
  expect(isCheck(['/bin/sh'])).toBe(false);
  expect(isCheck(['curl', 'localhost:7000'])).toBe(false);
});

test.for([[], ['NONE']])('where there is none (%j) nothing is one', (none) => {
  const isCheck = healthCheck(none);
  expect(isCheck([])).toBe(false);
  expect(isCheck(['node', 'health.js'])).toBe(false);
});
