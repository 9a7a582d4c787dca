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
