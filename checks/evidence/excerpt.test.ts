import { expect, test } from 'vitest';
import type { CallStep, LabEvent, Step } from '../../lab/index.ts';
import { at, call, endOf } from '../../lab/timeline/testing/by-hand.ts';
import { CLIENT, handshake, SERVER } from '../../lab/timeline/testing/connection.ts';
import { timelineOf } from '../../lab/timeline/testing/recorded.ts';
import { excerpt } from './excerpt.ts';

const calls = (count: number) =>
  Array.from({ length: count }, (_, n) => call('h2', n, { call: 'socket' }));
const callsOf = (steps: readonly Step[]) =>
  steps.filter((step): step is CallStep => step.kind === 'call');
const around = (events: LabEvent[], atNs: string) => {
  const { steps } = timelineOf(events);
  const step = callsOf(steps).find((one) => one.atNs === atNs) as CallStep;
  return excerpt(steps, ['h2'], { kind: 'last', step });
};

test('seven steps before the wrong one are shown, and four behind it', () => {
  const shown = around(calls(30), at(20));
  expect(shown.map(({ atNs }) => atNs)).toEqual(Array.from({ length: 12 }, (_, n) => at(13 + n)));
});

test('what another host does is shown only as far as it sends to the program', () => {
  const events = [
    call('h2', 0, { call: 'socket' }),
    call('h1', 0.5, { call: 'connect', peer: endOf(SERVER) }),
    ...handshake(1, 100),
    ...handshake(1, 100).map((event) => ({ ...event, host: 'h9' })),
    call('h2', 2, { call: 'listen' }),
  ];
  const shown = around(events, at(2));
  expect(callsOf(shown).map(({ host }) => host)).toEqual(['h2', 'h2']);
  expect(shown.filter(({ kind }) => kind === 'packet').length).toBeGreaterThan(0);
});

test('packets that came before the first call of the program are left out', () => {
  const shown = around(
    [...handshake(1, 100), call('h2', 2, { call: 'socket' }), call('h2', 3, { call: 'bind' })],
    at(3),
  );
  expect(shown.map(({ kind }) => kind)).toEqual(['call', 'call']);
});

test('of a step that is about bytes only its own conversation is shown', () => {
  const other = '10.0.0.1:61001';
  const socketOf = (remote: string) => ({
    fd: 4,
    protocol: 'tcp' as const,
    local: endOf(SERVER),
    remote: endOf(remote),
  });
  const events = [
    ...handshake(1, 100),
    ...handshake(2, 100, other),
    call('h2', 3, { call: 'sendto', socket: socketOf(CLIENT), result: 1 }),
    call('h2', 4, { call: 'sendto', socket: socketOf(other), result: 1 }),
  ];
  const { steps } = timelineOf(events);
  const step = callsOf(steps).find(({ atNs }) => atNs === at(4)) as CallStep;
  const shown = excerpt(steps, ['h2'], { kind: 'wrong-byte', step, before: 0 });
  expect(new Set(shown.map(({ conversation }) => conversation))).toEqual(
    new Set([step.conversation]),
  );
});
