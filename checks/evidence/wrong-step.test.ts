import { expect, test } from 'vitest';
import { at, call, endOf, passes } from '../../lab/timeline/testing/by-hand.ts';
import { back, CLIENT, SERVER } from '../../lab/timeline/testing/connection.ts';
import { accepted, bytes, client, connected, sends, server, wrongOf } from './testing/wrong-of.ts';

test('a server that sends nothing, and waits for its client to send, is found waiting', () => {
  const waiting = call('h2', 10, { call: 'recvfrom', stage: 'waiting', socket: server });
  const wrong = wrongOf('h2', [...accepted, waiting], bytes('Hello!', ''));
  expect(wrong).toMatchObject({ kind: 'waiting', forNs: 990e6, step: { atNs: at(10) } });
});

test('a receive that waits tells more than an accept that was called later', () => {
  const events = [
    ...accepted,
    call('h2', 10, { call: 'recvfrom', stage: 'waiting', socket: server }),
    call('h2', 11, { call: 'accept', stage: 'waiting' }),
  ];
  expect(wrongOf('h2', events, {})).toMatchObject({ step: { call: { call: 'recvfrom' } } });
});

test('where nothing can be reached, the bind is found that named the address', () => {
  const events = [
    call('h2', 0, { call: 'socket' }),
    call('h2', 1, { call: 'bind', peer: endOf('127.0.0.1:50000') }),
    call('h2', 2, { call: 'listen' }),
  ];
  const wrong = wrongOf('h2', events, { code: 'loopback-only' });
  expect(wrong).toMatchObject({ kind: 'address', step: { atNs: at(1) } });
});

test('a call that failed shortly before the end is found rather than the last one', () => {
  const events = [
    ...accepted,
    call('h2', 10, { call: 'sendto', error: 'EPIPE', socket: server }),
    call('h2', 11, { call: 'close', socket: server }),
  ];
  const wrong = wrongOf('h2', events, { code: 'program-ended' });
  expect(wrong).toMatchObject({ kind: 'failed', step: { atNs: at(10) } });
});

test('a call that only has nothing to do yet has not failed', () => {
  const events = [...accepted, call('h2', 10, { call: 'accept', error: 'EAGAIN' })];
  expect(wrongOf('h2', events, {})).toMatchObject({ kind: 'last' });
});

test('a step that the check names is that step', () => {
  const finding = { at: { host: 'h2', atNs: at(10) } };
  const wrong = wrongOf('h2', [...accepted, sends(10, 'Hel'), sends(12, 'lo!')], finding);
  expect(wrong).toMatchObject({ kind: 'named', step: { atNs: at(10) } });
});

test('of a program that has made no call no step is found', () => {
  expect(wrongOf('h2', [], { code: 'not-listening' })).toBeUndefined();
});

test('a call that returned only as its peer gave up has waited', () => {
  const waited = { for: 'the program to give up', ms: 900 };
  const late = call('h1', 980, {
    call: 'recvfrom',
    socket: client,
    result: 0,
    tookNs: 950e6,
  });
  const closes = call('h1', 985, { call: 'close', socket: client, result: 0 });
  const wrong = wrongOf('h1', [...connected, late, closes], { waited });
  expect(wrong).toMatchObject({ kind: 'waiting', step: { call: { call: 'recvfrom' } } });
});

test('what nobody should have been sent is that of the first send of the latest conversation', () => {
  const socket = { fd: 3, protocol: 'udp' as const, local: endOf(SERVER) };
  const answers = (atMs: number, peer: string, id: number) => [
    ...passes({ atMs, from: peer, to: SERVER, data: 'Hello!', id }),
    ...passes({ atMs: atMs + 1.1, from: SERVER, to: peer, data: 'Hello!', id }),
    call('h2', atMs + 1, {
      call: 'sendto',
      socket,
      peer: endOf(peer),
      result: 6,
      data: { bytes: 6, preview: 'Hello!' },
    }),
  ];
  const waiting = call('h2', 30, { call: 'recvfrom', socket, stage: 'waiting' });
  const events = [...answers(10, CLIENT, 7), ...answers(20, '10.0.0.1:61002', 8), waiting];
  const wrong = wrongOf('h2', events, { code: 'answers-echoes' });
  expect(wrong).toMatchObject({ kind: 'not-expected', step: { atNs: at(21) } });
});

test('a server that waits for its client to close is found waiting rather than not closing', () => {
  const waited = { for: 'FIN', ms: 900 };
  const waits = call('h2', 980, {
    call: 'recvfrom',
    socket: server,
    result: 0,
    tookNs: 950e6,
  });
  const closes = call('h2', 985, { call: 'close', socket: server, result: 0 });
  const events = [...accepted, sends(10, 'Hello!'), waits, closes];
  const wrong = wrongOf('h2', events, { code: 'no-fin', waited });
  expect(wrong).toMatchObject({ kind: 'waiting', step: { call: { call: 'recvfrom' } } });
});

test('a close that came only when the grader gave up does not count', () => {
  const waited = { for: 'FIN', ms: 900 };
  const late = call('h2', 990, { call: 'close', socket: server, result: 0 });
  const wrong = wrongOf('h2', [...accepted, sends(10, 'Hello!'), late], { code: 'no-fin', waited });
  expect(wrong).toMatchObject({ kind: 'not-closed', step: { call: { call: 'sendto' } } });
});

test('a reset is that of the close that made the kernel send it', () => {
  const events = [
    ...accepted,
    sends(10, 'Hello!'),
    call('h2', 11, { call: 'close', socket: server, result: 0 }),
    ...passes(back(11.1, { seq: 501, ack: 101, flags: 'RA', id: 9 })),
    call('h2', 12, { call: 'accept', stage: 'waiting' }),
  ];
  const wrong = wrongOf('h2', events, { code: 'reset' });
  expect(wrong).toMatchObject({ kind: 'reset', step: { atNs: at(11) } });
});

test('what a program did only when the grader gave up is left out', () => {
  const waited = { for: 'the greeting', ms: 900 };
  const late = call('h2', 990, { call: 'close', socket: server, result: 0 });
  const wrong = wrongOf('h2', [...accepted, late], { waited });
  expect(wrong).toMatchObject({ kind: 'paused', step: { call: { call: 'accept' } } });
});

test('a close of something else is not blamed for a reset that was not seen', () => {
  const closes = call('h2', 11, { call: 'close', result: 0 });
  const wrong = wrongOf('h2', [...accepted, closes], { code: 'reset' });
  expect(wrong).toMatchObject({ kind: 'last' });
});

test('of a program that hit a limit before it listened, not the address is blamed', () => {
  const events = [
    call('h2', 1, { call: 'bind', peer: endOf(SERVER) }),
    call('h2', 2, { call: 'listen' }),
  ];
  expect(wrongOf('h2', events, { code: 'out-of-memory' })).toMatchObject({ kind: 'last' });
});

test('of a client that goes to another server the call is found that named its address', () => {
  const name = call('h1', 1, { call: 'connect', peer: endOf('127.0.0.11:53') });
  const other = call('h1', 2, { call: 'connect', peer: endOf('127.0.0.1:80'), error: 'EPERM' });
  const closes = call('h1', 3, { call: 'close', result: 0 });
  const wrong = wrongOf('h1', [name, other, closes], { code: 'other-server' });
  expect(wrong).toMatchObject({ kind: 'address', step: { atNs: at(2) } });
});

test('of a client that tries again too early, its latest send is found', () => {
  const socket = { fd: 3, protocol: 'udp' as const };
  const tries = [10, 20].map((ms) => call('h1', ms, { call: 'sendto', socket, result: 6 }));
  const closes = call('h1', 30, { call: 'close', result: 0 });
  const wrong = wrongOf('h1', [...tries, closes], { code: 'no-back-off' });
  expect(wrong).toMatchObject({ kind: 'last-sent', step: { atNs: at(20) } });
});
