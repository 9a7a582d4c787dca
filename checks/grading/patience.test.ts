import { expect, test } from 'vitest';
import { mayBeLateness } from './patience.ts';

const finding = (code: string, expected: string, received: string) => ({
  code,
  did: 'connected',
  bytes: { expected: Buffer.from(expected), received: Buffer.from(received) },
});

test('what has not come, or not all of it, may be late', () => {
  expect(mayBeLateness({ code: 'no-fin', did: 'connected' })).toBe(true);
  expect(mayBeLateness(finding('part-missing', 'Hello!', 'Hel'))).toBe(true);
});

test('bytes that came and are wrong are wrong at any speed', () => {
  expect(mayBeLateness(finding('more-bytes', 'Hello!', 'Hello!\n'))).toBe(false);
  expect(mayBeLateness(finding('other-bytes', 'Hello!', 'HELLO!'))).toBe(false);
});

test('a limit that was hit may be what makes the machine slow', () => {
  expect(mayBeLateness({ code: 'too-many-processes', did: 'connected' })).toBe(false);
});
