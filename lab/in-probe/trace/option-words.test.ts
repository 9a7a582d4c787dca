import { expect, test } from 'vitest';
import { argumentsInWords } from './call-words.ts';

const of = (value: string) => argumentsInWords('setsockopt', `3, SOL_SOCKET, ${value}`);
const zeros = (count: number) => '\\x00'.repeat(count);

test('a time limit is told in seconds, however it was given', () => {
  const raw = `"\\x01${zeros(7)}\\x20\\xa1\\x07${zeros(5)}", 16`;
  expect(of(`SO_RCVTIMEO_OLD, ${raw}`)).toBe('SO_RCVTIMEO, 1.5 s');
  expect(of(`SO_SNDTIMEO_NEW, ${raw}`)).toBe('SO_SNDTIMEO, 1.5 s');
  expect(of(`SO_RCVTIMEO_OLD, "\\x02${zeros(7)}", 8`)).toBe('SO_RCVTIMEO, 2 s');
  expect(of('SO_RCVTIMEO_OLD, {tv_sec=0, tv_usec=250000}, 16')).toBe('SO_RCVTIMEO, 0.25 s');
});

test('no time is no limit', () => {
  expect(of(`SO_RCVTIMEO_OLD, "${zeros(16)}", 16`)).toBe('SO_RCVTIMEO, no limit');
});

test('what is no time is left as it is', () => {
  expect(of('SO_RCVTIMEO_OLD, "\\x01", 1')).toBe('SO_RCVTIMEO, "\\x01"');
  expect(of('SO_RCVTIMEO_OLD, NULL, 16')).toBe('SO_RCVTIMEO, NULL');
});

test('SO_LINGER is on or off', () => {
  expect(of('SO_LINGER, {l_onoff=1, l_linger=0}, 8')).toBe('SO_LINGER, on, 0 s');
  expect(of('SO_LINGER, {l_onoff=0, l_linger=5}, 8')).toBe('SO_LINGER, off');
});

test('a number is a number', () => {
  expect(of('SO_REUSEADDR, [1], 4')).toBe('SO_REUSEADDR, 1');
});
