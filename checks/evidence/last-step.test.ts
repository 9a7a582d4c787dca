import { expect, test } from 'vitest';
import { at, call, endOf } from '../../lab/timeline/testing/by-hand.ts';
import { SERVER } from '../../lab/timeline/testing/connection.ts';
import { accepted, client, connected, receives, server, wrongOf } from './testing/wrong-of.ts';

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

const closes = call('h1', 20, { call: 'close', socket: client, result: 0 });

test('of a program that has ended, not the close is found that comes with every end', () => {
  const events = [...connected, receives(10, 'Hello!'), closes];
  const found = { code: 'other-exit-code', found: 'exit code 1' };
  const wrong = wrongOf('h1', events, found, { hasEnded: true });
  expect(wrong).toMatchObject({ kind: 'ended-after', step: { atNs: at(10) } });
});

test('of a program that goes on, the close is the last call', () => {
  const events = [...connected, receives(10, 'Hello!'), closes];
  expect(wrongOf('h1', events, {})).toMatchObject({ kind: 'last', step: { atNs: at(20) } });
});

test('where a program has ended after it looked a name up, nothing of its own is found', () => {
  const socket = { fd: 3, protocol: 'udp' as const, remote: endOf('127.0.0.11:53') };
  const lookUp = call('h1', 5, { call: 'recvfrom', socket, result: 40 });
  expect(wrongOf('h1', [lookUp], {}, { hasEnded: true })).toBeUndefined();
});

test('a receive that its time limit ended is found, and not one that does not block', () => {
  const receive = { call: 'recvfrom', socket: client, error: 'EAGAIN' } as const;
  const limited = call('h1', 10, { ...receive, tookNs: 600e6 });
  const events = [...connected, limited, call('h1', 700, { call: 'close', socket: client })];
  const wrong = wrongOf('h1', events, {}, { hasEnded: true });
  expect(wrong).toMatchObject({ kind: 'timed-out', afterNs: 600e6 });
  const atOnce = call('h1', 10, { ...receive, tookNs: 1e3 });
  expect(wrongOf('h1', [...connected, atOnce], {})).toMatchObject({ kind: 'last' });
});
