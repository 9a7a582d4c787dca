/** What a wire holds back has no effect until it lets it go, whatever was sent after it. */

import { expect, test } from 'vitest';
import type { LabEvent } from '../../../model/event.ts';
import { call, endOf, fate, passes, type Sent } from '../../testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../../testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, timelineOf } from '../../testing/recorded.ts';

const socket = { fd: 3, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;
const peer = endOf(SERVER);

/** Held from its arrival on, and let go. */
const held = (sent: Sent, forMs: number) => [
  ...passes(sent),
  fate(sent, 'held'),
  fate(sent, 'delivered', forMs),
];

/** Of events in the order in which they happened, as a watch reports them. */
function timelineAsTold(events: readonly LabEvent[]) {
  const toldNs = (event: LabEvent) =>
    BigInt(event.atNs) + BigInt(event.kind === 'call' ? (event.tookNs ?? 0) : 0);
  return timelineOf(events.toSorted((a, b) => (toldNs(a) < toldNs(b) ? -1 : 1)));
}

test('a connect is completed by the SYN-ACK that was let go first, not by the one that was sent first', () => {
  const synAck = (atMs: number) => back(atMs, { flags: 'SA', seq: 500, ack: 101, id: 0 });
  const { steps } = timelineAsTold([
    call('h1', 0, { call: 'connect', socket, peer, result: 0, tookNs: 1500e6 }),
    ...passes(there(0.1, { flags: 'S', seq: 100, id: 1 })),
    ...held(synAck(0.2), 3000),
    ...held(synAck(1000), 499.9),
    ...passes(there(1500, { flags: 'A', seq: 101, ack: 501, id: 2 })),
  ]);
  const [first, second] = packetsOf(steps).filter(({ from }) => from === 'h2');
  expect(linkedSteps(steps, callsOf(steps, 'connect')[0], 'completed-by')).toEqual([second]);
  expect(first?.links.filter(({ kind }) => kind === 'completed')).toEqual([]);
});

test('bytes are read from the segment that was let go, not from the one that is still held', () => {
  const data = (atMs: number, id: number) =>
    back(atMs, { flags: 'PA', seq: 501, ack: 101, data: 'hello', id });
  const { steps } = timelineAsTold([
    call('h1', -1, { call: 'connect', socket, peer, result: 0, tookNs: 2e6 }),
    ...handshake(0, 100),
    ...held(data(10, 7), 3000),
    ...passes(data(300, 8)),
    call('h1', 20, { call: 'read', socket, result: 5, tookNs: 281e6 }),
  ]);
  const [, , , first, second] = packetsOf(steps);
  expect(linkedSteps(steps, callsOf(steps, 'read')[0], 'completed-by')).toEqual([second]);
  expect(first?.links.filter(({ kind }) => kind === 'completed')).toEqual([]);
});

test('an accept is completed by the segment that completed the handshake, not by an ACK that is still held', () => {
  const ack = there(0.2, { flags: 'A', seq: 101, ack: 501, id: 2 });
  const { steps } = timelineAsTold([
    call('h2', 0, {
      call: 'accept',
      socket: { fd: 4, protocol: 'tcp', local: peer, remote: endOf(CLIENT) },
      peer: endOf(CLIENT),
      result: 4,
      tookNs: 301e6,
    }),
    ...passes(there(0, { flags: 'S', seq: 100, id: 1 })),
    ...passes(back(0.1, { flags: 'SA', seq: 500, ack: 101 })),
    ...held(ack, 3000),
    ...passes(there(300, { flags: 'PA', seq: 101, ack: 501, data: 'hi', id: 3 })),
  ]);
  const data = packetsOf(steps).at(-1);
  expect(linkedSteps(steps, callsOf(steps, 'accept')[0], 'completed-by')).toEqual([data]);
});

test('a read of 0 bytes is completed by the FIN that was let go first', () => {
  const fin = (atMs: number, id: number) => back(atMs, { flags: 'FA', seq: 501, ack: 101, id });
  const { steps } = timelineAsTold([
    call('h1', -1, { call: 'connect', socket, peer, result: 0, tookNs: 2e6 }),
    ...handshake(0, 100),
    ...passes(fin(10, 7)),
    ...held(fin(10.01, 8), 3000),
    call('h1', 5, { call: 'read', socket, result: 0, tookNs: 5.2e6 }),
  ]);
  const [, , , first] = packetsOf(steps);
  expect(linkedSteps(steps, callsOf(steps, 'read')[0], 'completed-by')).toEqual([first]);
});
