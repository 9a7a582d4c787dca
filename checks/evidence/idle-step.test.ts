import { expect, test } from 'vitest';
import { at, call, endOf } from '../../lab/timeline/testing/by-hand.ts';
import { SERVER } from '../../lab/timeline/testing/connection.ts';
import { accepted, client, connected, server, wrongOf } from './testing/wrong-of.ts';

test('a socket that connects without blocking has not failed', () => {
  const connects = call('h1', 10, {
    call: 'connect',
    peer: endOf(SERVER),
    socket: client,
    error: 'EINPROGRESS',
  });
  expect(wrongOf('h1', [connects], {})).toMatchObject({ kind: 'last' });
});

test('a call that failed long before the end is not why', () => {
  const fails = call('h2', 10, { call: 'sendto', error: 'EPIPE', socket: server });
  const later = [11, 12, 13].map((ms) => call('h2', ms, { call: 'socket' }));
  const wrong = wrongOf('h2', [...accepted, fails, ...later], {});
  expect(wrong).toMatchObject({ kind: 'last', step: { atNs: at(13) } });
});

test('a call that took less than the time that was waited for has not waited', () => {
  const waited = { for: 'the program to end', ms: 900 };
  const receives = call('h1', 500, { call: 'recvfrom', socket: client, result: 0, tookNs: 450e6 });
  expect(wrongOf('h1', [...connected, receives], { waited })).toMatchObject({ kind: 'last' });
});

test('a pause that is shorter than the time that was waited for is the program at work', () => {
  const waited = { for: 'the greeting', ms: 900 };
  const closes = call('h2', 500, { call: 'close', socket: server, result: 0 });
  const wrong = wrongOf('h2', [...accepted, closes], { waited });
  expect(wrong).toMatchObject({ kind: 'last', step: { call: { call: 'close' } } });
});
