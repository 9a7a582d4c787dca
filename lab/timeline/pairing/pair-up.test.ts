/** Packets that look alike, and what a wire did with each of them. */

import { expect, test } from 'vitest';
import { titleOf } from '../../explain/testing/words-of.ts';
import type { Step } from '../step.ts';
import { arrives, call, endOf, fate, leaves, passes } from '../testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, timelineOf } from '../testing/recorded.ts';

/** `lost held lost`: what became of each packet, and each fate of it. */
const fatesOf = (steps: readonly Step[]) =>
  packetsOf(steps).map(
    ({ delivery, fates }) => `${delivery} ${fates.map(({ fate }) => fate).join(' ')}`,
  );

const socket = { fd: 3, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;

test('of three equal packets, each has the end that the wire reported for it', () => {
  const synAck = (atMs: number) => back(atMs, { flags: 'SA', seq: 500, ack: 101, id: 0 });
  const [first, again, answer] = [synAck(0.2), synAck(1001), synAck(1001.3)];
  const events = [
    call('h1', 0, { call: 'connect', socket, peer: socket.remote, error: 'EINPROGRESS' }),
    ...passes(there(0.1, { flags: 'S', seq: 100, id: 1 })),
    ...[...passes(first), fate(first, 'lost')],
    ...[...passes(again), ...passes(there(1001.1, { flags: 'S', seq: 100, id: 2 }))],
    ...passes(answer),
    // The wire decides upon both when both have come.
    ...[fate(again, 'lost', 1), fate(answer, 'delivered', 1)],
    ...passes(there(1003, { flags: 'A', seq: 101, ack: 501, id: 3 })),
    call('h1', 1003.5, {
      call: 'getsockopt',
      socket,
      arguments: { option: 'SO_ERROR', value: { kind: 'error' } },
      result: 0,
    }),
  ];
  const { steps } = timelineOf(events);
  const answers = packetsOf(steps).filter(({ packet: { tcp } }) => tcp?.flags.syn && tcp.flags.ack);
  expect(
    answers.map(({ fates, delivery }) => [delivery, ...fates.map(({ fate }) => fate)]),
  ).toEqual([
    ['lost', 'lost'],
    ['lost', 'lost'],
    ['arrived', 'delivered'],
  ]);
  const [asked] = callsOf(steps, 'getsockopt');
  expect(linkedSteps(steps, asked, 'completed-by')).toEqual([answers[2]]);
});

test('of two equal packets that are held at once, each has the decision that was made about it', () => {
  const synAck = (atMs: number) => back(atMs, { flags: 'SA', seq: 500, ack: 101, id: 0 });
  const [first, again] = [synAck(0.2), synAck(1001)];
  const held = [first, again].flatMap((one) => [...passes(one), fate(one, 'held')]);
  const decisions = [fate(again, 'delivered', 20), fate(first, 'lost', 1100)];
  for (const ends of [decisions, decisions.toReversed()]) {
    const { steps } = timelineOf([...held, ...ends]);
    expect(fatesOf(steps)).toEqual(['lost held lost', 'arrived held delivered']);
  }
});

test('of two equal datagrams, the one that met no fault has none', () => {
  const [met, missed] = [there(0, { data: 'hi' }), there(0.1, { data: 'hi' })];
  const lateFate = fate(met, 'lost', 0.5);
  const { steps } = timelineOf([...passes(met), ...passes(missed), lateFate]);
  expect(fatesOf(steps)).toEqual(['lost lost', 'arrived ']);
});

test('a multicast that any host got has arrived, and has the fates of all hosts', () => {
  const sent = { atMs: 1, from: '10.0.0.1:1000', to: '239.0.0.9:5000', data: 'hi' };
  const again = { ...sent, atMs: 2 };
  const at = (host: string, afterMs: number, name: 'lost' | 'delivered') => [
    { ...arrives(sent, afterMs), host },
    { ...fate({ ...sent, atMs: 1 + afterMs }, name, 0.5), host },
  ];
  const [got, lost] = [at('h2', 0.04, 'delivered'), at('h3', 0.02, 'lost')];
  const next = [leaves(again), { ...arrives(again), host: 'h2' }];
  for (const events of [
    [...got, ...lost],
    [...lost, ...got],
  ]) {
    const { steps } = timelineOf([leaves(sent), ...events, ...next]);
    expect(fatesOf(steps)).toEqual(['arrived lost delivered', 'arrived ']);
  }
});

test('of two equal datagrams, one that was not seen to arrive does not take the arrival of the other', () => {
  const [lost, arrived] = [there(0, { data: 'hi' }), there(1000, { data: 'hi' })];
  const { steps } = timelineOf([leaves(lost), ...passes(arrived), ...passes(there(9000))]);
  expect(fatesOf(steps).slice(0, 2)).toEqual(['unknown ', 'arrived ']);
});

test('a segment that is sent again is told from the first by its TCP timestamp', () => {
  const data = { flags: 'PA', seq: 101, ack: 501, data: 'hi', id: 0 };
  const [first, again] = [there(0, { ...data, stamp: 1 }), there(0.01, { ...data, stamp: 2 })];
  // Of the second, only the departure was seen.
  const { steps } = timelineOf([...passes(first), leaves(again), ...passes(there(9000))]);
  expect(fatesOf(steps).slice(0, 2)).toEqual(['arrived ', 'unknown ']);
});

test('an ACK that was not seen to arrive is not mistaken for the data after it, which has the same number', () => {
  const ends = { from: 'fd00::1:1000', to: 'fd00::2:50000', id: 7 };
  const answering = { from: ends.to, to: ends.from, id: 8 };
  const data = { ...ends, atMs: 500, flags: 'PA', seq: 101, ack: 501, data: 'hello' };
  const { steps } = timelineOf([
    ...passes({ ...ends, atMs: 0, flags: 'S', seq: 100 }),
    ...passes({ ...answering, atMs: 0.1, flags: 'SA', seq: 500, ack: 101 }),
    leaves({ ...ends, atMs: 0.2, flags: 'A', seq: 101, ack: 501 }),
    ...[leaves(data), arrives(data)],
  ]);
  const [, , third, sent] = packetsOf(steps);
  expect(sent?.endNs).toBe(arrives(data).atNs);
  expect(third?.endNs).toBeUndefined();
});

test("a packet that left before a call began is not that call's, though it is reported later", () => {
  const [first, second] = [
    there(10, { flags: 'PA', seq: 101, ack: 501, data: 'one', id: 10 }),
    there(20, { flags: 'PA', seq: 104, ack: 501, data: 'four', id: 11 }),
  ];
  const write = call('h1', 19.9, {
    call: 'write',
    socket,
    arguments: { requestedBytes: 4 },
    result: 4,
  });
  const late = [...passes(first), ...passes(second)];
  // So much later comes nothing but what a busy machine holds up.
  const { steps } = timelineOf([...handshake(0, 100), write, ...passes(there(9000)), ...late]);
  const [written] = callsOf(steps, 'write');
  expect(linkedSteps(steps, written, 'caused').map(titleOf)).toEqual(['PSH-ACK 4 bytes "four"']);
});

test('a call that is reported late is not completed by a packet that arrived after its return', () => {
  const data = back(5000, { flags: 'PA', seq: 501, ack: 101, data: 'late', id: 20 });
  const read = call('h1', 100, {
    call: 'read',
    socket,
    arguments: { requestedBytes: 9 },
    result: 4,
  });
  const { steps } = timelineOf([
    ...handshake(0, 100),
    ...passes(data),
    ...passes(there(9000)),
    read,
  ]);
  expect(linkedSteps(steps, callsOf(steps, 'read')[0], 'completed-by')).toEqual([]);
});

test('a socket whose own port is known is in no other connection with the same peer', () => {
  const other = { ...socket, fd: 4, local: { ...socket.local, port: 61_999 } };
  const { steps } = timelineOf([
    ...[call('h1', -1, { call: 'connect', socket, peer: socket.remote }), ...handshake(0, 100)],
    call('h1', 50, { call: 'connect', socket: other, peer: other.remote, error: 'EINPROGRESS' }),
    call('h1', 60, {
      call: 'getsockopt',
      socket: other,
      arguments: { option: 'SO_ERROR', value: { kind: 'error' } },
      result: 0,
    }),
  ]);
  const [asked] = callsOf(steps, 'getsockopt');
  expect(asked?.conversation).toBeUndefined();
  expect(asked?.links).toEqual([]);
});
