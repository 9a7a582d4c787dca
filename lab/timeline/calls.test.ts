import { expect, test } from 'vitest';
import { isFailure } from './calls.ts';

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
