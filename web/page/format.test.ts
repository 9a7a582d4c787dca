import { expect, test } from 'vitest';
import { count, sinceStart } from './format.ts';

test('times are shown since the beginning, to the microsecond', () => {
  expect(sinceStart(1020.1131)).toBe('1.020113');
});

test('counts are shown in the singular and the plural', () => {
  expect([count(1, 'packet'), count(1204, 'packet')]).toEqual(['1 packet', '1,204 packets']);
});
