/** Packets of a traced host that no call explains. */

import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../explain/testing/words-of.ts';
import type { LabEvent } from '../../model/event.ts';
import { at, call, endOf, fate, leaves, passes } from '../testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, timelineOf } from '../testing/recorded.ts';

const socket = { fd: 3, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;
const peer = endOf(SERVER);
const connect = call('h1', -1, { call: 'connect', socket, peer, result: 0, tookNs: 2e6 });
const data = (atMs: number, seq: number, text: string) =>
  there(atMs, { flags: 'PA', seq, ack: 501, data: text, id: seq });
const write = (atMs: number, bytes: number) =>
  call('h1', atMs, { call: 'write', socket, arguments: { requestedBytes: bytes }, result: bytes });

/** The titles of the packets that nothing explains. */
function unexplained(...events: LabEvent[]): (string | undefined)[] {
  const steps = packetsOf(timelineOf(events).steps).filter((step) => step.isUnexplained);
  for (const step of steps) expect(sentenceOf(step)).toContain('No traced call explains it');
  return steps.map(titleOf);
}

test('bytes that no call has written are unexplained, and bytes that a call has written are not', () => {
  const written = [write(4.9, 5), ...passes(data(5, 101, 'given'))];
  expect(unexplained(connect, ...handshake(0, 100), ...written)).toEqual([]);
  const ring = passes(data(9, 106, 'ring'));
  expect(unexplained(connect, ...handshake(0, 100), ...written, ...ring)).toEqual([
    'PSH-ACK 4 bytes "ring"',
  ]);
});

test('a SYN without a connect, and a datagram without a call that sends, are unexplained', () => {
  const other = call('h1', -5, {
    call: 'io_uring',
    arguments: { systemCall: 'io_uring_setup' },
    result: 3,
  });
  expect(unexplained(other, ...handshake(0, 100))).toEqual(['SYN']);
  expect(unexplained(other, ...passes(there(1, { data: 'hello' })))).toEqual([
    'UDP 5 bytes "hello"',
  ]);
});

test('what a kernel sends by itself, and what is sent again, needs no call', () => {
  const lost = data(5, 101, 'once');
  const events = [
    write(4.9, 4),
    leaves(lost),
    fate(lost, 'lost'),
    ...passes(data(300, 101, 'once')),
  ];
  const ack = passes(there(400, { flags: 'A', seq: 105, ack: 501, id: 9 }));
  expect(unexplained(connect, ...handshake(0, 100), ...events, ...ack)).toEqual([]);
});

test('nothing is unexplained at a host that is not traced', () => {
  expect(unexplained(...handshake(0, 100), ...passes(data(5, 101, 'x')))).toEqual([]);
  expect(
    unexplained(
      connect,
      ...handshake(0, 100),
      ...passes(back(5, { flags: 'PA', seq: 501, ack: 101, data: 'x', id: 3 })),
    ),
  ).toEqual([]);
});

test('what had been given before the trace began is not missed, and what comes behind it is', () => {
  const present = call('h1', 0, {
    call: 'connect',
    stage: 'present',
    state: 'ESTABLISHED',
    socket,
    peer,
    unacknowledgedBytes: 4,
  });
  const before = passes(data(5, 101, 'then'));
  expect(unexplained(present, ...before)).toEqual([]);
  expect(unexplained(present, ...before, ...passes(data(9, 105, 'now')))).toEqual([
    'PSH-ACK 3 bytes "now"',
  ]);
});

test('what a server writes that asks for no peer, and closes at once, is explained by its calls', () => {
  const local = endOf(SERVER);
  const accepted = { fd: 9, protocol: 'tcp', local: { ...local, address: '::' } } as const;
  /** A server like Node.js: `accept` without an address, and the descriptor again for the next one. */
  const serve = (atMs: number, bytes: number) => [
    call('h2', atMs, { call: 'accept', socket: accepted, result: 9 }),
    call('h2', atMs + 0.1, {
      call: 'write',
      socket: accepted,
      arguments: { requestedBytes: bytes },
      result: bytes,
    }),
    call('h2', atMs + 0.2, { call: 'close', socket: accepted, result: 0 }),
  ];
  const clients = ['10.0.0.1:61001', '10.0.0.1:61002'].map((from, n) => {
    const data = { to: from, flags: 'PA', seq: 501, ack: 101, data: n === 0 ? 'one' : 'three' };
    return [
      ...handshake(n / 10, 100, from),
      ...passes(back(1.15 + n, { ...data, id: 30 })),
      ...passes(
        back(1.3 + n, { ...data, flags: 'FA', seq: 501 + data.data.length, data: '', id: 31 }),
      ),
    ];
  });
  const listen = call('h2', -1, { call: 'listen', socket: { ...accepted, fd: 3 }, result: 0 });
  const events = [listen, ...clients.flat(), ...serve(1, 3), ...serve(2, 5)];
  expect(unexplained(...events)).toEqual([]);
  const { steps } = timelineOf(events);
  for (const name of ['write', 'close'])
    for (const step of callsOf(steps, name))
      expect(linkedSteps(steps, step, 'caused').map((to) => to.conversation)).toEqual([
        step.conversation,
      ]);
  expect(callsOf(steps, 'write').map(({ conversation }) => conversation)).toEqual([1, 2]);
});

test('a call that waits for room has given what is sent meanwhile', () => {
  const waits = { ...write(4.9, 9000), stage: 'waiting' as const };
  const { result: _result, tookNs: _tookNs, ...waiting } = waits;
  const events = [waiting, ...passes(data(5, 101, 'part')), ...passes(there(9000))];
  expect(
    unexplained(connect, ...handshake(0, 100), ...events).filter(
      (title) => !title?.startsWith('UDP'),
    ),
  ).toEqual([]);
});

test('a datagram whose call is reported late is linked with it all the same', () => {
  const udp = { fd: 4, protocol: 'udp' } as const;
  const sends = call('h1', 9.9, {
    call: 'sendto',
    socket: udp,
    peer,
    data: { bytes: 5, preview: 'hello' },
    result: 5,
  });
  const first = call('h1', 0, { call: 'socket', socket: udp, result: 4 });
  const events = [
    first,
    ...passes(there(10, { data: 'hello' })),
    ...passes(there(9000, { data: 'later' })),
    sends,
  ];
  expect(unexplained(...events)).toEqual(['UDP 5 bytes "later"']);
});

test('a call of a host that has ended, reported late, does not make its next run a traced one', () => {
  const exited: LabEvent = {
    kind: 'host',
    atNs: at(5),
    host: 'h1',
    state: 'exited',
    addresses: [],
  };
  const running: LabEvent = { ...exited, atNs: at(100), state: 'running' };
  const late = call('h1', 1, { call: 'close', socket, result: 0 });
  const events = [...passes(there(200, { data: 'hello' })), ...passes(there(9000, { data: 'x' }))];
  expect(unexplained(exited, running, ...events, late)).toEqual([]);
});

test('what a host sent just before it ended may be explained by calls that its trace could no longer report', () => {
  const host = (atMs: number, state: 'running' | 'exited') =>
    ({ kind: 'host', atNs: at(atMs), host: 'h1', state, addresses: [] }) as const;
  const before = [connect, ...handshake(0, 100), ...passes(data(5, 101, 'ring'))];
  const next = [write(7, 4), ...passes(data(8, 105, 'next'))];
  expect(unexplained(...before)).toHaveLength(1);
  expect(unexplained(...before, host(9, 'exited'))).toEqual([]);
  // The end of a host that restarts at once may not be reported, but the capture of its next run is.
  const began = { kind: 'capture', atNs: at(9), host: 'h1', change: 'began' } as const;
  expect(unexplained(...before, began)).toEqual([]);
  expect(unexplained(...before, ...next, host(9, 'exited'))).toHaveLength(1);
});
