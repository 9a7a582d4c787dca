import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { LabEvent } from '../model/event.ts';
import type { Step } from './step.ts';
import { at, call, endOf, leaves, passes } from './testing/by-hand.ts';
import { CLIENT, handshake, SERVER, there } from './testing/connection.ts';
import { load } from './testing/load.ts';
import { Timeline } from './timeline.ts';

/** `bench/timeline.ts` takes a million. */
const EVENTS = 200_000;
/** By then all that is bounded is full. */
const FULL = EVENTS / 4;
/** A step that is not let go of takes a hundred times as much. */
const BYTES_AN_EVENT_MAX = 40;
/** Of one call. */
const SEGMENTS = 3000;
const bounds = { conversationsKept: 100, stepsKept: 2000 };

test('many events leave no more behind than the bounds say', () => {
  const timeline = new Timeline(bounds);
  let [count, heapBefore] = [0, 0];
  for (const event of load(EVENTS)) {
    timeline.add(event);
    count += 1;
    if (count % 1000 === 0) timeline.takeSettled();
    if (count === FULL) heapBefore = heapBytes();
  }
  expect(timeline.steps.length).toBeLessThanOrEqual(bounds.stepsKept);
  expect(timeline.conversations.length).toBeLessThanOrEqual(2 * bounds.conversationsKept);
  expect(timeline.conversations.filter(({ isSummedUp }) => isSummedUp).length).toBeGreaterThan(0);
  expect(heapBytes() - heapBefore).toBeLessThan(BYTES_AN_EVENT_MAX * (EVENTS - FULL));
});

/** A flow whose packets all have one key (RFC 6437: one label a flow). */
function* oneFlow(): Generator<LabEvent> {
  const ends = { from: 'fd00::1:1000', to: 'fd00::2:50000' };
  for (let atMs = 0; ; atMs += 1) yield* passes({ ...ends, atMs, data: 'x', id: 7 });
}

/** Hosts that come and go under ever new names, each with a call that still waits. */
function* everNewHosts(): Generator<LabEvent> {
  for (let number = 0; ; number += 1) {
    const atMs = number * 10;
    const host = `host-${number}`;
    const addresses = [`10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`];
    const socket = { fd: 3, protocol: 'tcp' } as const;
    yield { kind: 'host', atNs: at(atMs), host, state: 'running', addresses };
    yield { kind: 'capture', atNs: at(atMs + 1), host, change: 'began' };
    yield call(host, atMs + 2, { call: 'accept', stage: 'waiting', socket });
    yield { kind: 'host', atNs: at(atMs + 3), host, state: 'exited', addresses };
  }
}

/** Calls that each take thousands of segments, over one connection. */
function* longCalls(): Generator<LabEvent> {
  yield* handshake(0, 100);
  const socket = { fd: 3, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;
  for (let number = 0; ; number += 1) {
    const atMs = 1 + number * 10;
    if (number % SEGMENTS === 0)
      yield call('h1', atMs, { call: 'sendfile', socket, result: SEGMENTS, tookNs: 1e9 });
    const segment = { flags: 'A', seq: 101 + number, ack: 501, data: 'x', id: number & 0xffff };
    yield* passes(there(atMs + 0.1, segment));
  }
}

test.each([
  ['packets that all have one key', oneFlow, 8000],
  ['hosts under ever new names', everNewHosts, 20_000],
  ['calls of thousands of segments', longCalls, 16_000],
])('%s leave no more behind either', (_, flood, full) => {
  const timeline = new Timeline(bounds);
  let [count, heapBefore] = [0, 0];
  for (const event of flood()) {
    timeline.add(event);
    count += 1;
    if (count % 1000 === 0) timeline.takeSettled();
    if (count === full) heapBefore = heapBytes();
    if (count === 3 * full) break;
  }
  expect(timeline.steps.length).toBeLessThanOrEqual(bounds.stepsKept);
  expect(heapBytes() - heapBefore).toBeLessThan(BYTES_AN_EVENT_MAX * 2 * full);
});

test('what is summed up has its figures, and no steps', () => {
  const timeline = new Timeline(bounds);
  for (const event of load(6000)) timeline.add(event);
  timeline.end();
  const summedUp = timeline.conversations.filter(({ isSummedUp }) => isSummedUp);
  expect(summedUp.length).toBeGreaterThan(50);
  for (const { id, state, packets, bytes } of summedUp) {
    expect(timeline.steps.filter(({ conversation }) => conversation === id)).toEqual([]);
    expect({ state, packets, bytes }).toEqual({
      state: 'closed',
      packets: 11,
      bytes: { toServer: 6, toClient: 6 },
    });
  }
});

test('a conversation whose steps were all let go has steps again when it goes on', () => {
  const timeline = new Timeline({ stepsKept: 20 });
  const send = (atMs: number, from: string) =>
    timeline.add(leaves({ atMs, from, to: '10.0.0.2:7', data: 'hello', id: atMs }));
  const isSummedUp = () => timeline.conversations[0]?.isSummedUp;
  send(0, '10.0.0.1:1000');
  for (let atMs = 100; atMs <= 4000; atMs += 100) send(atMs, '10.0.0.3:3000');
  expect(isSummedUp()).toBe(true);
  send(5000, '10.0.0.1:1000');
  timeline.end();
  expect(isSummedUp()).toBe(false);
  expect(timeline.conversations[0]?.packets).toBe(2);
});

test('a renderer that fell behind what is forgotten starts again with all', () => {
  const timeline = new Timeline({ stepsKept: 100 });
  for (const event of load(1000)) timeline.add(event);
  const { revision, isWhole } = timeline.changedSince(0);
  expect(isWhole).toBe(true);
  expect(timeline.changedSince(revision).isWhole).toBe(false);
  for (const event of load(5000)) timeline.add(event);
  const changes = timeline.changedSince(revision);
  expect(changes.isWhole).toBe(true);
  expect(changes.steps).toEqual(timeline.steps);
});

/** What is really in use: garbage is collected first. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

test('no step that is kept is linked with one that is not, also for a renderer that takes each change', () => {
  const timeline = new Timeline(bounds);
  const rendered = new Map<number, Step>();
  let [revision, count] = [0, 0];
  for (const event of load(20_000)) {
    timeline.add(event);
    count += 1;
    if (count % 100 !== 0) continue;
    const changes = timeline.changedSince(revision);
    revision = changes.revision;
    for (const id of changes.forgotten) rendered.delete(id);
    for (const step of changes.steps) rendered.set(step.id, step);
    const lost = [...rendered.values()].flatMap(({ links }) =>
      links.filter(({ to }) => !rendered.has(to.id)),
    );
    expect(lost).toEqual([]);
  }
});
