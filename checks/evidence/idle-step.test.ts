import { expect, test } from 'vitest';
import { call } from '../../lab/timeline/testing/by-hand.ts';
import { client, connected, wrongOf } from './testing/wrong-of.ts';

test('a call that took less than the time that was waited for has not waited', () => {
  const waited = { for: 'the program to end', ms: 900 };
  const receives = call('h1', 500, { call: 'recvfrom', socket: client, result: 0, tookNs: 450e6 });
  expect(wrongOf('h1', [...connected, receives], { waited })).not.toMatchObject({
    kind: 'waiting',
  });
});

test('a call that returned when the wait had only begun is not what was waited for', () => {
  const waited = { for: 'the greeting', ms: 600 };
  const accepts = call('h2', 1, { call: 'accept', result: 5, tookNs: 549e6 });
  const wrong = wrongOf('h2', [accepts], { waited });
  expect(wrong).toMatchObject({ kind: 'paused', step: { call: { call: 'accept' } } });
});
