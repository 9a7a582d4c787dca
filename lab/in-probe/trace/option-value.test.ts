import { expect, test } from 'vitest';
import { callOf } from './call-arguments.ts';

const zeros = (count: number) => '\\x00'.repeat(count);

function argumentsOf(option: string) {
  const { arguments: known } = callOf('setsockopt', `3, SOL_SOCKET, ${option}`);
  return known;
}

const limit = (option: string, timeoutMs: number) => ({
  level: 'SOL_SOCKET',
  option,
  value: { kind: 'timeout', timeoutMs },
});

test('a time limit is in milliseconds, in whichever layout it was given', () => {
  const raw = `"\\x01${zeros(7)}\\x20\\xa1\\x07${zeros(5)}", 16`;
  expect(argumentsOf(`SO_RCVTIMEO_OLD, ${raw}`)).toEqual(limit('SO_RCVTIMEO', 1500));
  expect(argumentsOf(`SO_SNDTIMEO_NEW, ${raw}`)).toEqual(limit('SO_SNDTIMEO', 1500));
  expect(argumentsOf(`SO_RCVTIMEO_OLD, "\\x02${zeros(7)}", 8`)).toEqual(limit('SO_RCVTIMEO', 2000));
  expect(argumentsOf('SO_RCVTIMEO_OLD, {tv_sec=0, tv_usec=250000}, 16')).toEqual(
    limit('SO_RCVTIMEO', 250),
  );
});

test('a time of zero is no limit', () => {
  expect(argumentsOf(`SO_RCVTIMEO_OLD, "${zeros(16)}", 16`)).toEqual(limit('SO_RCVTIMEO', 0));
});

test('a time that cannot be read stays as strace prints it', () => {
  expect(argumentsOf('SO_RCVTIMEO_OLD, "\\x01", 1')).toMatchObject({
    option: 'SO_RCVTIMEO',
    value: { kind: 'raw', text: '"\\x01"' },
  });
  expect(argumentsOf('SO_RCVTIMEO_OLD, NULL, 16')).toMatchObject({
    value: { kind: 'raw', text: 'NULL' },
  });
});

test('SO_LINGER is on or off, with its seconds', () => {
  expect(argumentsOf('SO_LINGER, {l_onoff=1, l_linger=0}, 8')).toMatchObject({
    value: { kind: 'linger', isOn: true, seconds: 0 },
  });
  expect(argumentsOf('SO_LINGER, {l_onoff=0, l_linger=5}, 8')).toMatchObject({
    value: { kind: 'linger', isOn: false },
  });
});

test('SO_ERROR is an error, or none', () => {
  expect(argumentsOf('SO_ERROR, [ECONNREFUSED], [4]')).toMatchObject({
    value: { kind: 'error', error: 'ECONNREFUSED' },
  });
  expect(argumentsOf('SO_ERROR, [0], [4]')).toMatchObject({ value: { kind: 'error' } });
});

test('a number is a number', () => {
  expect(argumentsOf('SO_REUSEADDR, [1], 4')).toEqual({
    level: 'SOL_SOCKET',
    option: 'SO_REUSEADDR',
    value: { kind: 'number', number: 1 },
  });
});
