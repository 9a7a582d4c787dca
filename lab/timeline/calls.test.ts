import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../explain/testing/words-of.ts';
import { arrives, at, call, endOf, fate, leaves, passes } from './testing/by-hand.ts';
import { CLIENT, handshake, SERVER, there } from './testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, timelineOf } from './testing/recorded.ts';
import { Timeline } from './timeline.ts';

test('a call that waits is settled when it returns, one that sends after a second', () => {
  const timeline = new Timeline();
  const socket = { fd: 3, protocol: 'tcp' } as const;
  const waiting = { stage: 'waiting', socket } as const;
  const accept = call('h2', 0, { call: 'accept', ...waiting });
  const connect = call('h1', 1, {
    call: 'connect',
    peer: { address: '10.0.0.2', port: 50_000 },
    ...waiting,
  });
  timeline.add(accept);
  timeline.add(connect);
  const settled = () => timeline.takeSettled().map(titleOf);
  timeline.advance(at(900));
  expect(settled()).toEqual([]);
  timeline.advance(at(1300));
  expect(settled()).toEqual(['connect waits']);
  timeline.add({ ...accept, stage: 'returned', tookNs: 2e9, result: 4 });
  timeline.add({ ...connect, stage: 'returned', tookNs: 2e9, error: 'ETIMEDOUT' });
  timeline.advance(at(2500));
  expect(settled()).toEqual(['connect 10.0.0.2:50000 ETIMEDOUT', 'accept']);
});

test('calls without packets, and packets of one side, make steps that make sense', () => {
  const socket = { fd: 3, protocol: 'tcp' } as const;
  const connect = call('h1', 0, {
    call: 'connect',
    socket,
    peer: { address: '10.0.0.2', port: 50_000 },
  });
  const host = {
    kind: 'host',
    atNs: at(0),
    host: 'h1',
    state: 'running',
    addresses: ['10.0.0.1'],
  } as const;
  const { steps: all } = timelineOf([
    host,
    connect,
    arrives(there(1, { flags: 'S', seq: 5, id: 1 })),
  ]);
  const steps = all.slice(1);
  expect(steps.map(sentenceOf)).toEqual([
    expect.stringContaining('`connect` makes the kernel send SYN'),
    expect.stringContaining('Seen only where it arrived.'),
  ]);
  expect(linkedSteps(steps, steps[0], 'caused')).toEqual([steps[1]]);
});

test('what happens in one nanosecond is in the order of cause and effect, whatever came first', () => {
  const peer = { address: '10.0.0.2', port: 50_000 };
  const [c, s] = [{ fd: 3, protocol: 'udp' } as const, { fd: 4, protocol: 'udp' } as const];
  const data = { bytes: 1, preview: 'x' };
  const sendto = call('h1', 0, { call: 'sendto', socket: c, peer, data, result: 1, tookNs: 0 });
  const sent = there(0, { data: 'x', id: 1 });
  const recvfrom = call('h2', 0, {
    call: 'recvfrom',
    socket: { ...s, local: peer },
    data,
    result: 1,
    tookNs: 0,
    peer: { address: '10.0.0.1', port: 61_000 },
  });
  const events = [sendto, leaves(sent), arrives(sent, 0), recvfrom];
  for (const order of [events, events.toReversed()]) {
    const { steps } = timelineOf(order);
    expect(steps.map(({ kind, host }) => `${kind} at ${host}`)).toEqual([
      ...['call at h1', 'packet at h1', 'call at h2'],
    ]);
    const [, packet] = steps;
    expect(linkedSteps(steps, packet, 'caused-by')).toEqual([steps[0]]);
    expect(linkedSteps(steps, packet, 'completed')).toEqual([steps[2]]);
  }
});

test('a call that seems to return before its datagram was sent has it all the same', () => {
  const datagram = there(1, { data: 'hello', id: 1 });
  const { steps } = timelineOf([
    ...passes(datagram),
    call('h2', 0, {
      call: 'recvfrom',
      result: 5,
      tookNs: 950_000,
      peer: endOf(datagram.from),
      socket: { fd: 3, protocol: 'udp', local: { address: '0.0.0.0', port: 50_000 } },
    }),
  ]);
  const [reader] = callsOf(steps, 'recvfrom');
  expect(linkedSteps(steps, reader, 'completed-by')).toEqual(packetsOf(steps));
  expect(steps.at(-1)?.id).toBe(reader?.id);
});

test('an accept that was reported without a peer is of the conversation that its socket then has', () => {
  const [local, remote] = [endOf(SERVER), endOf(CLIENT)];
  const { steps, conversations } = timelineOf([
    ...handshake(0, 100),
    call('h2', 0.5, { call: 'accept', result: 4, socket: { fd: 4, protocol: 'tcp', local } }),
    call('h2', 9, { call: 'write', result: 2, socket: { fd: 4, protocol: 'tcp', local, remote } }),
  ]);
  const [accept] = callsOf(steps, 'accept');
  expect(accept?.conversation).toBe(conversations[0]?.id);
  expect(linkedSteps(steps, accept, 'completed-by').map(titleOf)).toEqual(['ACK']);
  expect(accept).toMatchObject({ call: { peer: remote } });
  expect(titleOf(accept)).toBe(`accept ${CLIENT}`);
  expect(sentenceOf(accept)).toContain(`for the connection from ${CLIENT}.`);
});

test('an accept whose third ACK was lost is completed by the next one', () => {
  const [local, remote] = [endOf(SERVER), endOf(CLIENT)];
  const [first, next] = [2, 3].map((id) => there(id, { flags: 'A', seq: 101, ack: 501, id }));
  const { steps } = timelineOf([
    ...handshake(0, 100).slice(0, 4),
    ...[first, next].flatMap((sent) => (sent ? passes(sent) : [])),
    ...(first ? [fate(first, 'lost')] : []),
    call('h2', 4, {
      call: 'accept',
      result: 4,
      peer: remote,
      socket: { fd: 4, protocol: 'tcp', local, remote },
    }),
  ]);
  const [accept] = callsOf(steps, 'accept');
  expect(linkedSteps(steps, accept, 'completed-by')).toEqual([packetsOf(steps).at(-1)]);
  expect(sentenceOf(accept)).toContain('a later packet arrived, because the third ACK had not');
});

test('a socket whose association was dissolved is no longer in its conversation', () => {
  const socket = { fd: 3, protocol: 'udp' } as const;
  const sent = there(1, { data: 'x', id: 1 });
  const { steps } = timelineOf([
    call('h1', 0, { call: 'connect', socket, peer: endOf(SERVER), result: 0 }),
    call('h1', 0.9, { call: 'send', socket, data: { bytes: 1, preview: 'x' }, result: 1 }),
    ...passes(sent),
    call('h1', 2, { call: 'connect', socket, arguments: { family: 'AF_UNSPEC' }, result: 0 }),
    call('h1', 3, { call: 'close', socket, result: 0 }),
  ]);
  expect(callsOf(steps, 'send')[0]?.conversation).toBeDefined();
  expect(callsOf(steps, 'close')[0]?.conversation).toBeUndefined();
});
