import { expect, test } from 'vitest';
import type { CallStep, LabEvent } from '../../lab/index.ts';
import { at, call, endOf, passes } from '../../lab/timeline/testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../../lab/timeline/testing/connection.ts';
import { timelineOf } from '../../lab/timeline/testing/recorded.ts';
import type { Finding, Layer } from '../check.ts';
import { wrongStep } from './wrong-step.ts';

const END_MS = 1000;

function wrongOf(
  host: string,
  events: LabEvent[],
  finding: Partial<Finding>,
  layer: Layer = 'speaks',
) {
  const { steps } = timelineOf(events);
  const calls = steps.filter(
    (step): step is CallStep => step.kind === 'call' && step.host === host,
  );
  const all = { code: 'odd', did: 'looked', ...finding };
  return wrongStep({ steps, calls, layer, finding: all, endedNs: BigInt(at(END_MS)) });
}

const ends = (local: string, remote: string) => ({
  fd: 4,
  protocol: 'tcp' as const,
  local: endOf(local),
  remote: endOf(remote),
});
const client = ends(CLIENT, SERVER);
const server = ends(SERVER, CLIENT);
const bytes = (expected: string, received: string) => ({
  bytes: { expected: Buffer.from(expected), received: Buffer.from(received) },
});
const receives = (atMs: number, text: string) =>
  call('h1', atMs, {
    call: 'recvfrom',
    arguments: { requestedBytes: 1024 },
    socket: client,
    result: text.length,
    data: { bytes: text.length, preview: text },
  });
const sends = (atMs: number, text: string, requestedBytes = text.length) =>
  call('h2', atMs, {
    call: 'sendto',
    arguments: { requestedBytes },
    socket: server,
    result: text.length,
    data: { bytes: text.length, preview: text },
  });
const connected = [
  call('h1', 0, { call: 'connect', peer: endOf(SERVER), socket: client, result: 0 }),
  ...handshake(1, 100),
];
const accepted = [
  ...handshake(1, 100),
  call('h2', 2, { call: 'accept', peer: endOf(CLIENT), socket: server, result: 4 }),
];

test('a client that receives once is told how much that was, and when the rest arrived', () => {
  const events = [
    ...connected,
    ...passes(back(10, { seq: 501, ack: 101, flags: 'PA', data: 'Hel', id: 5 })),
    receives(11, 'Hel'),
    ...passes(back(50, { seq: 504, ack: 101, flags: 'PA', data: 'lo!', id: 6 })),
  ];
  const wrong = wrongOf('h1', events, bytes('Hello!', 'Hel'));
  expect(wrong).toMatchObject({ kind: 'part-received', received: 3, of: 6 });
  expect(wrong).toMatchObject({ step: { atNs: at(11) }, restNs: at(50.02) });
});

test('a client that has received everything went wrong behind its last receive', () => {
  const events = [...connected, receives(11, 'Hel'), receives(12, 'lo!'), receives(13, '')];
  const wrong = wrongOf('h1', events, bytes('Hello!', ''));
  expect(wrong).toMatchObject({ kind: 'all-received', of: 6, step: { atNs: at(12) } });
});

test('of several sends the one with the first wrong byte is found', () => {
  const events = [...accepted, sends(10, 'Hel'), sends(11, 'lX!'), sends(12, '\n')];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'HellX!\n'));
  expect(wrong).toMatchObject({ kind: 'wrong-byte', before: 4, step: { atNs: at(11) } });
});

test('a byte too many is that of the send behind the right ones', () => {
  const events = [...accepted, sends(10, 'Hello!'), sends(12, '\n')];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'Hello!\n'));
  expect(wrong).toMatchObject({ kind: 'wrong-byte', before: 6, step: { atNs: at(12) } });
});

test('where a part is missing, the last send is found', () => {
  const events = [...accepted, sends(10, 'Hel', 6)];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'Hel'));
  expect(wrong).toMatchObject({ kind: 'part-sent', sent: 3, of: 6, step: { atNs: at(10) } });
});

test('a connection whose peer nobody knows is known by its descriptor', () => {
  const unknown = { fd: 4, protocol: 'tcp' as const, local: endOf(SERVER) };
  const greets = (atMs: number) => [
    call('h2', atMs, { call: 'accept', socket: unknown, result: 4 }),
    call('h2', atMs + 1, {
      call: 'write',
      socket: unknown,
      result: 3,
      data: { bytes: 3, preview: 'Hel' },
    }),
    call('h2', atMs + 2, { call: 'close', socket: unknown, result: 0 }),
  ];
  const waiting = call('h2', 30, { call: 'accept', stage: 'waiting' });
  const wrong = wrongOf('h2', [...greets(10), ...greets(20), waiting], bytes('Hello!', 'Hel'));
  expect(wrong).toMatchObject({ kind: 'part-sent', sent: 3, of: 6, step: { atNs: at(21) } });
});

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
  const wrong = wrongOf('h2', events, { code: 'loopback-only' }, 'listens');
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
  expect(wrongOf('h2', [], { code: 'not-listening' }, 'listens')).toBeUndefined();
});

test('a receive that had no room for a datagram has cut it off', () => {
  const socket = { fd: 3, protocol: 'udp' as const, local: endOf(SERVER) };
  const events = [
    ...passes(there(5, { data: 'Hello!', id: 7 })),
    call('h2', 6, {
      call: 'recvfrom',
      arguments: { requestedBytes: 3 },
      socket,
      peer: endOf(CLIENT),
      result: 3,
      data: { bytes: 3, preview: 'Hel' },
    }),
    call('h2', 7, {
      call: 'sendto',
      socket,
      peer: endOf(CLIENT),
      result: 3,
      data: { bytes: 3, preview: 'Hel' },
    }),
  ];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'Hel'));
  expect(wrong).toMatchObject({ kind: 'datagram-cut', of: 6, step: { atNs: at(6) } });
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
  expect(wrong).toMatchObject({ kind: 'last', step: { call: { call: 'accept' } } });
});
