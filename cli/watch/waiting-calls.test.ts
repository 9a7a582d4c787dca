import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../lab/explain/testing/words-of.ts';
import type { CallEvent } from '../../lab/index.ts';
import { WaitingCalls } from './waiting-calls.ts';

const EPOCH_S = 1_800_000_000;

function call(stage: CallEvent['stage'], name: CallEvent['call'] = 'accept'): CallEvent {
  return {
    kind: 'call',
    atNs: at(0),
    host: 'tcp-server',
    id: 7,
    call: name,
    stage,
    process: { pid: 1 },
    arguments: {},
  } as CallEvent;
}

const at = (seconds: number) => `${EPOCH_S + seconds}000000000`;

test('a call that waits is reported after a second, once', () => {
  const calls = new WaitingCalls();
  calls.event(call('waiting'));
  expect(calls.due(at(0))).toEqual([]);
  const [step] = calls.due(at(1));
  expect(step).toMatchObject({ isOverdue: true, atNs: at(1), host: 'tcp-server' });
  expect(step && titleOf(step)).toBe('accept waits');
  expect(step && sentenceOf(step)).toMatch(/has waited for more than a second/);
  expect(calls.due(at(2))).toEqual([]);
  expect(step && calls.hasTold(step)).toBe(true);
});

test('calls that have returned by then, or that the timeline reports in time, are left out', () => {
  const calls = new WaitingCalls();
  calls.event(call('waiting', 'connect'));
  calls.event(call('waiting'));
  calls.event(call('returned'));
  expect(calls.due(at(5))).toEqual([]);
});

test('calls of a host that has ended are left out', () => {
  const calls = new WaitingCalls();
  calls.event(call('waiting'));
  calls.event({ kind: 'host', atNs: at(0), host: 'tcp-server', state: 'exited', addresses: [] });
  expect(calls.due(at(5))).toEqual([]);
});
