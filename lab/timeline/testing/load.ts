import type { LabEvent } from '../../model/event.ts';
import { call, passes, type Sent } from './by-hand.ts';

/** Events a conversation, and how long after it the next one begins. */
const EVENTS_PER_CONVERSATION = 26;
const SERVER = '10.0.0.2:50000';

/** Conversations over TCP, one after the other, at a rate of events a second: each connects, asks, is answered, and closes. */
export function* load(events: number, perSecond = 500): Generator<LabEvent> {
  const apartMs = (EVENTS_PER_CONVERSATION * 1000) / perSecond;
  for (let number = 0; number * EVENTS_PER_CONVERSATION < events; number += 1) {
    yield* conversation(number, number * apartMs);
  }
}

function* conversation(number: number, atMs: number): Generator<LabEvent> {
  const client = `10.0.0.1:${1024 + (number % 60_000)}`;
  const [c, s] = [(number * 7919) >>> 0, (number * 104_729) >>> 0];
  const there = (ms: number, flags: string, more: Partial<Sent>): Sent => ({
    atMs: atMs + ms,
    from: client,
    to: SERVER,
    flags,
    id: (number * 10 + ms) & 0xffff,
    ...more,
  });
  const back = (ms: number, flags: string, more: Partial<Sent>): Sent => ({
    ...there(ms, flags, more),
    from: SERVER,
    to: client,
  });
  const socket = { fd: 3, protocol: 'tcp' } as const;
  const peer = { address: '10.0.0.2', port: 50_000 };
  yield call('h1', atMs, { call: 'connect', socket, peer, tookNs: 500_000, result: 0 });
  yield* passes(there(0.1, 'S', { seq: c }));
  yield* passes(back(0.2, 'SA', { seq: s, ack: c + 1 }));
  yield* passes(there(0.3, 'A', { seq: c + 1, ack: s + 1 }));
  yield call('h1', atMs + 1, {
    call: 'write',
    socket,
    result: 6,
    data: { bytes: 6, preview: 'hello\\n' },
  });
  yield* passes(there(1.1, 'PA', { seq: c + 1, ack: s + 1, data: 'hello\n' }));
  yield* passes(back(1.2, 'A', { seq: s + 1, ack: c + 7 }));
  yield* passes(back(2, 'PA', { seq: s + 1, ack: c + 7, data: 'HELLO\n' }));
  yield* passes(there(2.1, 'A', { seq: c + 7, ack: s + 7 }));
  yield call('h1', atMs + 2.2, { call: 'read', socket, result: 6 });
  yield call('h1', atMs + 3, { call: 'close', socket, result: 0 });
  yield* passes(there(3.1, 'FA', { seq: c + 7, ack: s + 7 }));
  yield* passes(back(3.2, 'A', { seq: s + 7, ack: c + 8 }));
  yield* passes(back(4, 'FA', { seq: s + 7, ack: c + 8 }));
  yield* passes(there(4.1, 'A', { seq: c + 8, ack: s + 8 }));
}
