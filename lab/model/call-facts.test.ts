import { expect, test } from 'vitest';
import { call } from '../timeline/testing/by-hand.ts';
import { bytesOf, isFailure } from './call-facts.ts';

test.each(['EINPROGRESS', 'EALREADY', 'EAGAIN', 'EINTR'])(
  '%s is an answer, and no failure',
  (error) => {
    expect(isFailure({ error })).toBe(false);
  },
);

test('what cannot be done is a failure, and what was done is none', () => {
  expect(isFailure({ error: 'ECONNREFUSED' })).toBe(true);
  expect(isFailure({})).toBe(false);
});

test('what returns a count of messages has the bytes of all of them', () => {
  const data = { bytes: 12, preview: 'hello' };
  for (const name of ['sendmmsg', 'recvmmsg'] as const) {
    expect(bytesOf(call('h1', 0, { call: name, data, result: 2 }))).toBe(12);
  }
  expect(bytesOf(call('h1', 0, { call: 'sendfile', result: 9 }))).toBe(9);
});
