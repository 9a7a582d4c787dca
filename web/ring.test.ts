import { expect, test } from 'vitest';
import type { CallEvent, LabEvent } from '../lab/index.ts';
import { lastingOf } from './lasting.ts';
import { Ring } from './ring.ts';

const at = { atNs: '1', host: 'a' };
const up: LabEvent = { ...at, kind: 'host', state: 'running', addresses: ['172.18.0.2'] };
const gone: LabEvent = { ...at, kind: 'host', state: 'exited', addresses: [] };
const filling: LabEvent = { ...at, kind: 'log', line: '' };

function fault(change: 'applied' | 'healed'): LabEvent {
  return { ...at, kind: 'fault', fault: 'loss-1', change, settings: { kind: 'loss', percent: 9 } };
}

function call(
  name: CallEvent['call'],
  more: Partial<Omit<CallEvent, 'call' | 'arguments'>> = {},
): LabEvent {
  const local = { address: '0.0.0.0', port: 50_000 };
  return {
    ...at,
    kind: 'call',
    id: 1,
    call: name,
    stage: 'returned',
    arguments: {},
    process: { pid: 7 },
    socket: { fd: 3, protocol: 'tcp', local },
    ...more,
  } as CallEvent;
}

/** What is still said of events when they are no longer kept. */
function standingAfter(...events: readonly LabEvent[]): LabEvent[] {
  const ring = new Ring({ maxEvents: 1 });
  for (const event of [...events, filling]) {
    ring.push({ line: JSON.stringify(event), isShown: true, lasting: lastingOf(event) });
  }
  const lines = ring.lines().slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LabEvent);
}

test('the latest state of each host is kept, however often it changes', () => {
  const other: LabEvent = { ...up, host: 'b' };
  expect(standingAfter(up, other, ...Array(100).fill(up), filling)).toEqual([other, up]);
  expect(standingAfter(up, gone)).toEqual([gone]);
});

test('a fault is kept until it is healed', () => {
  expect(standingAfter(up, fault('applied'))).toEqual([up, fault('applied')]);
  expect(standingAfter(up, fault('applied'), fault('healed'))).toEqual([up]);
});

test('a listening socket is kept until it is closed or its host has gone', () => {
  const listen = call('listen');
  const present = call('listen', { stage: 'present' });
  expect(standingAfter(call('bind'), listen, filling)).toEqual([listen]);
  expect(standingAfter(present)).toEqual([present]);
  expect(standingAfter(listen, call('close'))).toEqual([]);
  expect(standingAfter(listen, gone)).toEqual([gone]);
  expect(standingAfter(call('listen', { error: 'EADDRINUSE' }))).toEqual([]);
  expect(standingAfter(call('listen', { stage: 'waiting' }))).toEqual([]);
  const remote = { address: '172.18.0.3', port: 40_000 };
  const socket = { fd: 3, protocol: 'tcp', remote } as const;
  expect(standingAfter(call('listen', { socket }))).toEqual([]);
});

test('a paused host keeps its sockets', () => {
  const paused: LabEvent = { ...at, kind: 'host', state: 'paused', addresses: ['172.18.0.2'] };
  expect(standingAfter(call('listen'), paused)).toEqual([paused, call('listen')]);
});

test('a socket stays kept when a child closes its copy of it', () => {
  const [listen, child] = [call('listen'), call('close', { process: { pid: 8 } })];
  expect(standingAfter(listen, child)).toEqual([listen]);
  expect(standingAfter(listen, child, call('close'))).toEqual([]);
});

test('the number of kept sockets is bounded', () => {
  const many = Array.from({ length: 2000 }, (_, port) =>
    call('listen', {
      socket: { fd: 3, protocol: 'tcp', local: { address: '0.0.0.0', port } },
    }),
  );
  expect(standingAfter(up, ...many)).toHaveLength(501);
});

/** A ring after lines of these lengths. */
function ringOf(
  lengths: readonly number[],
  limits: { maxEvents?: number; maxCharacters?: number },
) {
  const ring = new Ring(limits);
  for (const length of lengths) ring.push({ line: 'x'.repeat(length), isShown: true });
  return ring;
}

const lengthsIn = (ring: Ring) => ring.lines().map(({ length }) => length);

test('the oldest events are dropped beyond a number of events, and beyond a number of characters', () => {
  expect(lengthsIn(ringOf([1, 2, 3, 4, 5], { maxEvents: 3 }))).toEqual([3, 4, 5]);
  expect(lengthsIn(ringOf([1, 2, 3, 4, 5], { maxCharacters: 12 }))).toEqual([3, 4, 5]);
  expect(lengthsIn(ringOf([5, 20, 3], { maxCharacters: 10 }))).toEqual([3]);
});

test('whoever asks for the events after a number gets those that are kept, and how many it missed', () => {
  const ring = ringOf([1, 2, 3, 4, 5], { maxEvents: 3 });
  const after = (number: number, max = 10) => {
    const { missed, kept, lastNumber } = ring.after(number, max);
    return { missed, kept: kept.map(({ line }) => line.length), lastNumber };
  };
  expect(after(0)).toEqual({ missed: 2, kept: [3, 4, 5], lastNumber: 5 });
  expect(after(2)).toEqual({ missed: 0, kept: [3, 4, 5], lastNumber: 5 });
  expect(after(3, 1)).toEqual({ missed: 0, kept: [4], lastNumber: 4 });
  expect(after(5)).toEqual({ missed: 0, kept: [], lastNumber: 5 });
  expect(after(99)).toEqual({ missed: 0, kept: [], lastNumber: 5 });
});

test('whoever had an event already does not get it again as one that still holds', () => {
  const ring = new Ring({ maxEvents: 1 });
  for (const event of [up, fault('applied'), filling, filling]) {
    ring.push({ line: JSON.stringify(event), isShown: true, lasting: lastingOf(event) });
  }
  const after = (number: number) => {
    const { missed, standing } = ring.after(number, 10);
    return { missed, kinds: standing.map(({ line }) => JSON.parse(line).kind) };
  };
  expect(after(0)).toEqual({ missed: 1, kinds: ['host', 'fault'] });
  expect(after(1)).toEqual({ missed: 1, kinds: ['fault'] });
  expect(after(2)).toEqual({ missed: 1, kinds: [] });
  expect(after(3)).toEqual({ missed: 0, kinds: [] });
});
