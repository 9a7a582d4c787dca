import { expect, test } from 'vitest';
import type { CallStep, LabEvent } from '../../lab/index.ts';
import { at, type CallMore, call, endOf } from '../../lab/timeline/testing/by-hand.ts';
import { CLIENT, handshake, SERVER } from '../../lab/timeline/testing/connection.ts';
import { timelineOf } from '../../lab/timeline/testing/recorded.ts';
import { backgroundStep, openStep } from './process-steps.ts';

const socket = { fd: 4, protocol: 'tcp' as const, local: endOf(SERVER), remote: endOf(CLIENT) };
const of = (pid: number, atMs: number, name: CallStep['call']['call'], more: CallMore = {}) =>
  call('h2', atMs, { call: name, process: { pid }, ...more });
const callsOf = (events: LabEvent[]) =>
  timelineOf(events).steps.filter(
    (step): step is CallStep => step.kind === 'call' && step.host === 'h2',
  );
const accepted = (pid: number) => [
  ...handshake(1, 100),
  of(pid, 2, 'accept', { peer: endOf(CLIENT), socket, result: 4 }),
];

test('of a program that forks and ends, the last call of the process that ended is found', () => {
  const events = [of(7, 1, 'bind'), of(7, 2, 'listen'), of(9, 3, 'accept', { stage: 'waiting' })];
  const wrong = backgroundStep(callsOf(events));
  expect(wrong).toMatchObject({ kind: 'left-child', isOfChild: false, step: { atNs: at(2) } });
});

test('of one that forks before its first call, the first call of the child is found', () => {
  const events = [of(9, 1, 'bind'), of(9, 2, 'listen'), of(9, 3, 'accept', { stage: 'waiting' })];
  const wrong = backgroundStep(callsOf(events));
  expect(wrong).toMatchObject({ kind: 'left-child', isOfChild: true, step: { atNs: at(1) } });
});

test('of a connection that the child alone has closed, that close is found, and that another process has it', () => {
  const events = [
    ...accepted(7),
    of(9, 3, 'sendto', { socket, result: 6 }),
    of(9, 4, 'close', { socket, result: 0 }),
    of(7, 5, 'accept', { stage: 'waiting' }),
  ];
  const wrong = openStep(callsOf(events));
  expect(wrong).toMatchObject({
    kind: 'still-open',
    isInOtherProcess: true,
    step: { atNs: at(4) },
  });
});

test('of a connection that nobody has closed, the last call on it is found', () => {
  const events = [
    ...accepted(7),
    of(7, 3, 'sendto', { socket, result: 6 }),
    of(7, 5, 'accept', { stage: 'waiting' }),
  ];
  expect(openStep(callsOf(events))).toMatchObject({ kind: 'not-closed', step: { atNs: at(3) } });
});

test('a close that failed has closed nothing', () => {
  const events = [
    ...accepted(7),
    of(7, 3, 'sendto', { socket, result: 6 }),
    of(7, 4, 'close', { socket, error: 'EBADF' }),
  ];
  expect(openStep(callsOf(events))).toMatchObject({ kind: 'not-closed' });
});
