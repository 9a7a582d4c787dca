import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../explain/testing/words-of.ts';
import type { LabEvent } from '../model/event.ts';
import { arrives, at, call, endOf, fate, leaves, passes, type Sent } from './testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from './testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, timelineOf } from './testing/recorded.ts';
import { Timeline } from './timeline.ts';

test('a connection whose ports are used again is another conversation', () => {
  const { conversations } = timelineOf([...handshake(0, 100), ...handshake(1000, 90_000)]);
  expect(conversations.map(({ packets }) => packets)).toEqual([3, 3]);
});

test('a SYN that is sent again is of the same conversation', () => {
  const syn = there(0, { flags: 'S', seq: 100, id: 1 });
  const again = { ...syn, atMs: 1000, id: 2 };
  const { steps, conversations } = timelineOf([leaves(syn), ...passes(again)]);
  expect(conversations).toHaveLength(1);
  expect(packetsOf(steps).map(({ isRetransmission }) => isRetransmission)).toEqual([false, true]);
});

test('what repeats an acknowledged byte is a question, and not sent again', () => {
  const one = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 });
  const ack = back(2, { flags: 'A', seq: 501, ack: 102, id: 4 });
  const probe = there(3, { flags: 'A', seq: 101, ack: 501, data: 'x', id: 5 });
  const said = (...sent: Sent[]) => {
    const { steps, conversations } = timelineOf([...handshake(0, 100), ...sent.flatMap(passes)]);
    return { last: sentenceOf(packetsOf(steps).at(-1)), again: conversations[0]?.retransmissions };
  };
  expect(said(one, ack, probe)).toEqual({
    last: expect.stringContaining('still there (keep-alive)'),
    again: 0,
  });
  const full = { ...ack, window: 0 };
  expect(said(one, full).last).toContain('It has no room for more');
  expect(said(one, full, probe)).toEqual({
    last: expect.stringContaining('room for more now (window probe)'),
    again: 0,
  });
  expect(said(one, probe)).toEqual({ last: expect.stringMatching(/^Sent again/), again: 1 });
});

test('a conversation that is joined in the middle is followed from there on', () => {
  const data = there(0, { flags: 'PA', seq: 4_294_967_290, ack: 70, data: 'hello, server' });
  const more = there(1, { flags: 'PA', seq: 7, ack: 70, data: 'again' });
  const { conversations, steps } = timelineOf([...passes(data), ...passes(more)]);
  expect(conversations).toMatchObject([
    {
      state: 'open',
      client: { port: 61_000 },
      bytes: { toServer: 18, toClient: 0 },
      retransmissions: 0,
    },
  ]);
  expect(sentenceOf(packetsOf(steps)[1])).toContain('Bytes 14 to 18');
});

test('what leaves in one piece and arrives in several is one step', () => {
  const whole = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'a'.repeat(3000), id: 3 });
  const pieces = [0, 1000, 2000].map((from, at) => {
    return arrives(
      { ...whole, seq: 101 + from, data: 'a'.repeat(1000), id: 3 + at },
      0.02 + at / 1000,
    );
  });
  const { steps, conversations } = timelineOf([...handshake(0, 100), leaves(whole), ...pieces]);
  expect(packetsOf(steps)).toHaveLength(4);
  expect(conversations).toMatchObject([
    { bytes: { toServer: 3000 }, packets: 4, retransmissions: 0 },
  ]);
});

test('what leaves in several pieces and arrives in one has arrived', () => {
  const pieces = [0, 1].map((at) => {
    return there(1 + at / 1000, {
      flags: 'PA',
      seq: 101 + at * 10,
      ack: 501,
      data: '0123456789',
      id: 3 + at,
    });
  });
  const merged = arrives(
    there(1, { flags: 'PA', seq: 101, ack: 501, data: '0123456789'.repeat(2), id: 3 }),
    0.1,
  );
  const timeline = timelineOf([...handshake(0, 100), ...pieces.map(leaves), merged]);
  expect(packetsOf(timeline.steps).map(({ delivery }) => delivery)).toEqual(
    Array(5).fill('arrived'),
  );
});

test('datagrams over IPv6, which have no number, arrive each for itself', () => {
  const ends = { from: 'fd00::1:1000', to: 'fd00::2:50000' };
  const sent = ['a', 'b', 'b'].map((data, atMs) => ({ ...ends, atMs, data, id: 7 }));
  const { steps } = timelineOf([...sent.flatMap(passes)].reverse());
  expect(packetsOf(steps).map(({ delivery, endNs }) => `${delivery} ${endNs}`)).toEqual(
    [0.02, 1.02, 2.02].map((ms) => `arrived ${at(ms)}`),
  );
});

test('a packet that a wire keeps arrives when it is delivered, and one that it holds is in flight', () => {
  const [delayed, held] = [there(0, { data: 'delayed', id: 1 }), there(1, { data: 'held', id: 2 })];
  const events = [...passes(delayed), fate(delayed, 'delayed'), fate(delayed, 'delivered', 100)];
  const { steps } = timelineOf([...events, ...passes(held), fate(held, 'held')]);
  const [first, second] = packetsOf(steps);
  expect(first).toMatchObject({
    delivery: 'arrived',
    endNs: at(100),
    fates: [{ fate: 'delayed' }, { fate: 'delivered' }],
  });
  expect(sentenceOf(first)).toContain("The wire's fault delayed-1 delayed it by 100 ms.");
  expect(second).toMatchObject({ delivery: 'in-flight', fates: [{ fate: 'held' }] });
});

test('a packet that has copies has arrived though one of them was lost', () => {
  const sent = there(0, { data: 'x', id: 1 });
  const { steps } = timelineOf([
    ...passes(sent),
    fate(sent, 'duplicated'),
    fate(sent, 'lost', 0.06),
  ]);
  expect(packetsOf(steps)[0]).toMatchObject({
    delivery: 'arrived',
    fates: [{ fate: 'duplicated' }, { fate: 'lost' }],
  });
});

test('what was not seen arriving is lost after a while where somebody looks, else not known', () => {
  const timeline = new Timeline();
  for (const event of handshake(0, 100)) timeline.add(event);
  timeline.add(leaves(there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 })));
  timeline.add(leaves(there(1, { to: '10.0.0.9:53', data: 'x', id: 4 })));
  const deliveries = () =>
    timeline.steps.flatMap((step) => (step.kind === 'packet' ? step.delivery : [])).slice(-2);
  expect(deliveries()).toEqual(['in-flight', 'in-flight']);
  timeline.advance(at(3000));
  expect(deliveries().sort()).toEqual(['lost', 'unknown']);
});

test('what left before its receiver was captured may have arrived, and is not lost', () => {
  const syn = there(0, { flags: 'S', seq: 100 });
  const later = { kind: 'log', atNs: at(5000), host: 'h1', line: 'x' } as const;
  const events = [leaves(syn), ...handshake(1000, 900), later];
  expect(packetsOf(timelineOf(events).steps)[0]).toMatchObject({ delivery: 'unknown' });
});

test('a packet that could not be missed before the end stays in flight, unless it was sent again', () => {
  const sent = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 });
  const again = { ...sent, atMs: 300, id: 4 };
  const last = there(301, { flags: 'PA', seq: 102, ack: 501, data: 'y', id: 5 });
  const events = [...handshake(0, 100), leaves(sent), ...passes(again), leaves(last)];
  const [first, , second] = packetsOf(timelineOf(events).steps).slice(3);
  expect(first).toMatchObject({ delivery: 'lost' });
  expect(second).toMatchObject({ delivery: 'in-flight' });
  expect(sentenceOf(second)).toContain('it may have arrived');
  const later = { kind: 'log', atNs: at(3000), host: 'h1', line: 'x' } as const;
  expect(packetsOf(timelineOf([...events, later]).steps).at(-1)).toMatchObject({
    delivery: 'lost',
  });
});

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

test('a UDP conversation that is silent for 30 s is idle, until it goes on', () => {
  const timeline = new Timeline();
  for (const event of passes(there(0, { data: 'x', id: 1 }))) timeline.add(event);
  timeline.advance(at(20_000));
  expect(timeline.conversations[0]?.state).toBe('open');
  timeline.advance(at(31_000));
  expect(timeline.conversations[0]?.state).toBe('idle');
  for (const event of passes(there(32_000, { data: 'x', id: 2 }))) timeline.add(event);
  timeline.advance(at(33_000));
  expect(timeline.conversations).toMatchObject([{ state: 'open', packets: 2 }]);
});

test('odd events are taken without an error', () => {
  const odd = [
    {
      kind: 'packet',
      atNs: at(0),
      host: 'h1',
      direction: 'out',
      packet: { notes: [], bytes: '', length: 0 },
    },
    {
      kind: 'call',
      atNs: at(1),
      host: 'h1',
      id: 1,
      call: 'close',
      stage: 'returned',
      process: {},
      arguments: {},
    },
    { ...call('h1', 2, { call: 'sendto' }), socket: { fd: -1 }, tookNs: -5 },
    { kind: 'log', atNs: 'never', host: 'h1', line: 'x' },
    { kind: 'fate', atNs: at(3), host: 'h1', fate: 'lost', fault: 'x', packet: {} },
  ] as unknown as LabEvent[];
  expect(timelineOf(odd).steps.map(({ kind }) => kind)).toEqual(['packet', 'call', 'call']);
});

test('titles take 40 columns at most', () => {
  const data = there(0, { flags: 'PA', seq: 1, ack: 1, data: '\u001b[2J'.repeat(50) });
  const [step] = timelineOf(passes(data)).steps;
  expect(titleOf(step)?.length).toBeLessThanOrEqual(40);
  expect(titleOf(step)).toContain('"\\x1b[2J');
});

test('a page can load it: nothing of it is of Node.js', () => {
  const isSource = (name: string) => /(?<!\.test)\.ts$/.test(name) && !name.startsWith('testing/');
  for (const room of ['./', '../explain/']) {
    const folder = new URL(room, import.meta.url);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const code = readFileSync(new URL(name, folder), 'utf8');
      expect(code, name).not.toMatch(/\bBuffer\b|from 'node:/);
      // Types alone may come from anywhere.
      expect(code, name).not.toMatch(
        /^(import|export) (?!type)[^;]* from '(\.\.\/)+(capture|in-probe|faults)\//m,
      );
    }
  }
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

const LOSS = { kind: 'loss', percent: 40 } as const;

test('the sentence of a fault says whose packets it is for', () => {
  const fault = { kind: 'fault', host: 'h2', fault: 'loss-1', settings: LOSS } as const;
  const sentences = timelineOf([
    { ...fault, atNs: at(0), from: 'h1', change: 'applied' },
    { ...fault, atNs: at(1), change: 'healed' },
  ]).steps.map(sentenceOf);
  expect(sentences).toEqual([
    'A fault begins on the path from h1 to h2: loss 40 %.',
    'The fault on the path to h2 has ended: loss 40 %.',
  ]);
});
