/** What is known of a packet that was not seen to arrive. */

import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../explain/testing/words-of.ts';
import type { HostState } from '../../model/host-state.ts';
import { arrives, at, leaves, passes } from '../testing/by-hand.ts';
import { back, handshake, there } from '../testing/connection.ts';
import { packetsOf, timelineOf } from '../testing/recorded.ts';
import { Timeline } from '../timeline.ts';

const host = (atMs: number, state: HostState) =>
  ({ kind: 'host', atNs: at(atMs), host: 'h2', state, addresses: ['10.0.0.2'] }) as const;
const capture = (atMs: number, change: 'began' | 'ended') =>
  ({ kind: 'capture', atNs: at(atMs), host: 'h2', change }) as const;
const muchLater = { kind: 'log', atNs: at(60_000), host: 'h1', line: 'x' } as const;

const syn = there(5000, { flags: 'S', seq: 700, id: 3 });
const again = { ...syn, atMs: 6000, id: 4 };
const synAck = back(6000.1, { flags: 'SA', seq: 900, ack: 701 });
const ack = there(6000.2, { flags: 'A', seq: 701, ack: 901, id: 5 });
const fin = there(6001, { flags: 'FA', seq: 701, ack: 901, id: 6 });
const ackOfFin = back(6001.1, { flags: 'A', seq: 901, ack: 702 });
/** A server that was started again, at which nobody looks yet. */
const unseen = [
  ...[leaves(syn), leaves(again), arrives(synAck), leaves(ack)],
  ...[leaves(fin), arrives(ackOfFin), muchLater],
];

test('what is sent to a host that has ended is not lost because an earlier capture was there', () => {
  const restarted = [host(4000, 'exited'), host(5500, 'running')];
  const { steps, conversations } = timelineOf([...handshake(0, 100), ...restarted, ...unseen]);
  const told = packetsOf(steps).slice(3);
  expect(told.map((step) => `${titleOf(step)} ${step.delivery}`)).toEqual([
    ...['SYN unknown', 'SYN arrived', 'SYN-ACK arrived', 'ACK unknown'],
    ...['FIN-ACK arrived', 'ACK arrived'],
  ]);
  expect(conversations.map(({ lost }) => lost)).toEqual([0, 0]);
  expect(sentenceOf(told[0])).toContain('Not seen at h2, where nothing was captured at that time');
  expect(sentenceOf(told[4])).toContain('Not seen at h2, but acknowledged: it has arrived.');
});

test('nothing is lost after a capture has ended, until the next one begins', () => {
  const ended = [capture(-1, 'began'), capture(4000, 'ended')];
  const deliveries = (begunMs: number) => {
    const events = [...handshake(0, 100), ...ended, capture(begunMs, 'began'), ...unseen];
    return packetsOf(timelineOf(events).steps)
      .slice(3)
      .map((step) => `${titleOf(step)} ${step.delivery}`);
  };
  expect(deliveries(7000)).toContain('ACK unknown');
  expect(deliveries(5500)).toEqual(expect.arrayContaining(['SYN unknown', 'ACK lost']));
});

test('what is sent just before the capture ends is not lost', () => {
  const last = there(1000, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 7 });
  const events = [...handshake(0, 100), leaves(last), capture(1050, 'ended'), muchLater];
  expect(packetsOf(timelineOf(events).steps).at(-1)).toMatchObject({ delivery: 'unknown' });
});

test('an answer proves the arrival of the only packet that it can be about, whoever captured', () => {
  const data = there(1000, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 7 });
  const answer = passes(back(1001, { flags: 'A', seq: 501, ack: 102 }));
  const once = timelineOf([...handshake(0, 100), leaves(data), ...answer, muchLater]);
  expect(packetsOf(once.steps)[3]).toMatchObject({ delivery: 'arrived' });
  const repeated = passes({ ...data, atMs: 1000.5, id: 8 });
  const twice = timelineOf([...handshake(0, 100), leaves(data), ...repeated, ...answer, muchLater]);
  expect(packetsOf(twice.steps)[3]).toMatchObject({ delivery: 'lost' });
  expect(twice.conversations[0]?.lost).toBe(1);
});

test('a packet that is acknowledged before it is seen to arrive is described as unseen only when that is certain', () => {
  const timeline = new Timeline({ latenessMs: 200 });
  const [sent, synAckThen] = [
    there(0, { flags: 'S', seq: 100, id: 1 }),
    handshake(0, 100).slice(2),
  ];
  for (const event of [host(-200, 'running'), capture(-100, 'began'), leaves(sent), ...synAckThen])
    timeline.add(event);
  const first = () => packetsOf(timeline.steps)[0];
  timeline.advance(at(1000));
  expect(first()).toMatchObject({ delivery: 'arrived' });
  expect(sentenceOf(first())).not.toContain('Not seen');
  timeline.add(arrives(sent));
  expect(first()).toMatchObject({ delivery: 'arrived', endNs: at(0.02) });
  timeline.advance(at(9000));
  expect(sentenceOf(first())).not.toContain('Not seen');
});

test('a packet that is acknowledged, and not seen to arrive after a while, is described as unseen', () => {
  const timeline = new Timeline({ latenessMs: 200 });
  const [sent, ...later] = handshake(0, 100).filter((_, index) => index !== 1);
  for (const event of [
    host(-200, 'running'),
    capture(-100, 'began'),
    ...(sent ? [sent] : []),
    ...later,
  ])
    timeline.add(event);
  timeline.advance(at(9000));
  expect(sentenceOf(packetsOf(timeline.steps)[0])).toContain('Not seen at h2, but acknowledged');
});
