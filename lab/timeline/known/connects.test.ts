/** Which `connect` made the kernel send which SYN. */

import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../explain/testing/words-of.ts';
import type { CallEvent, LabEvent } from '../../model/event.ts';
import type { Step } from '../step.ts';
import { at, type CallMore, call, endOf, leaves, passes } from '../testing/by-hand.ts';
import { CLIENT, handshake, SERVER, there } from '../testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, timelineOf } from '../testing/recorded.ts';
import { Timeline } from '../timeline.ts';

const [FIRST, SECOND] = ['10.0.0.1:61001', '10.0.0.1:61002'];

function connect(atMs: number, from?: string, more: CallMore = {}): CallEvent {
  const local = from === undefined ? undefined : endOf(from);
  const socket = {
    fd: 3,
    protocol: 'tcp',
    remote: endOf(SERVER),
    ...(local && { local }),
  } as const;
  return call('h1', atMs, { call: 'connect', peer: endOf(SERVER), socket, ...more });
}

const socket = (atMs: number) => call('h1', atMs, { call: 'socket', result: 3 });

/** The ports of the SYNs that each `connect` is linked with. */
function portsOf(steps: readonly Step[]): (number | undefined)[][] {
  return callsOf(steps, 'connect').map((step) =>
    linkedSteps(steps, step, 'caused').map((to) =>
      to.kind === 'packet' ? to.packet.tcp?.sourcePort : undefined,
    ),
  );
}

test.each([
  ['by its port', [FIRST, SECOND, CLIENT]],
  ['by its time, where its port is not known', [undefined, undefined, undefined]],
])('a connect whose SYN was not recorded leaves those of the next ones alone: %s', (_, froms) => {
  const flights = [1000, 2000].flatMap((atMs, index) =>
    handshake(atMs, 100 * atMs, [SECOND, CLIENT][index]),
  );
  for (const error of [undefined, 'EINPROGRESS']) {
    const calls = froms.flatMap((from, index) => [
      socket(index * 1000 - 0.2),
      connect(index * 1000 - 0.1, from, { tookNs: 500_000, ...(error && { error }) }),
    ]);
    expect(portsOf(timelineOf([...calls, ...flights]).steps)).toEqual([[], [61_002], [61_000]]);
  }
});

test('of two concurrent connects, the one with the port of a SYN has sent it', () => {
  const calls = [connect(0, SECOND, { socket: { fd: 3, protocol: 'tcp', local: endOf(SECOND) } })];
  calls.push(connect(0.01, FIRST, { socket: { fd: 4, protocol: 'tcp', local: endOf(FIRST) } }));
  const flights = [...handshake(0.1, 100, FIRST), ...handshake(0.2, 900, SECOND)];
  expect(portsOf(timelineOf([...calls, ...flights]).steps)).toEqual([[61_002], [61_001]]);
});

test.each([
  ['with its port', CLIENT],
  ['without its port', undefined],
])('a connect that is reported long after its SYN is linked with it, %s', (_, from) => {
  const timeline = new Timeline({ latenessMs: 200 });
  const add = (events: LabEvent[]) => {
    for (const event of events) timeline.add(event);
  };
  const lost = leaves(there(0, { flags: 'S', seq: 100, id: 9 }));
  add([lost, ...handshake(1000, 100), ...handshake(3000, 900, SECOND)]);
  timeline.advance(at(9000));
  add([connect(-0.1, from, { tookNs: 1.1e9 })]);
  timeline.advance(at(9001));
  timeline.end();
  expect(portsOf(timeline.steps)).toEqual([[61_000, 61_000]]);
  const [late] = callsOf(timeline.steps, 'connect');
  expect(linkedSteps(timeline.steps, late, 'completed-by').map(titleOf)).toEqual(['SYN-ACK']);
  expect(late?.conversation).toBe(packetsOf(timeline.steps)[0]?.conversation);
});

test.each([
  [{ result: 0 }, 'the socket is connected. It sends nothing.'],
  [{ error: 'EISCONN' }, 'the socket is connected. It sends nothing.'],
  [{ error: 'EALREADY' }, 'an earlier `connect` is still in progress. It sends nothing.'],
  [{ result: 0 }, 'the socket is connected. It sends nothing.', 'EINTR'],
])(
  'a second connect asks how the first went, and waits for no SYN: %o',
  (answer, words, first = 'EINPROGRESS') => {
    const { steps } = timelineOf([
      ...[
        socket(-2),
        connect(-0.1, undefined, { error: first, tookNs: 2e5 }),
        ...handshake(0, 100),
      ],
      connect(1, undefined, answer),
      ...[call('h1', 2, { call: 'close', socket: { fd: 3 } }), socket(2.1)],
      ...[connect(2.9, undefined, { error: 'EINPROGRESS' }), ...handshake(3, 900, SECOND)],
    ]);
    expect(portsOf(steps)).toEqual([[61_000], [], [61_002]]);
    const [, second] = callsOf(steps, 'connect');
    expect(sentenceOf(second)).toContain(words);
    expect(second?.conversation).toBe(packetsOf(steps)[0]?.conversation);
  },
);

test('after a connect has failed, the next one begins a connection of its own', () => {
  const refused = (atMs: number, seq: number, from: string) => [
    ...passes(there(atMs, { from, flags: 'S', seq, id: seq })),
    ...passes({
      atMs: atMs + 0.1,
      from: SERVER,
      to: from,
      flags: 'RA',
      seq: 0,
      ack: seq + 1,
    }),
  ];
  const asks = call('h1', 1, {
    call: 'getsockopt',
    arguments: { option: 'SO_ERROR', value: { kind: 'error', error: 'ECONNREFUSED' } },
    result: 0,
    socket: { fd: 3, protocol: 'tcp' },
  });
  const { steps } = timelineOf([
    ...[socket(-2), connect(-0.1, undefined, { error: 'EINPROGRESS' })],
    ...[...refused(0, 100, FIRST), asks],
    ...[connect(1.9, undefined, { error: 'ECONNREFUSED' }), ...refused(1.905, 900, SECOND)],
  ]);
  expect(portsOf(steps)).toEqual([[61_001], [61_002]]);
});
