import { expect, test } from 'vitest';
import type { CallRecord } from '../records/step-record.ts';
import { at, call } from '../testing/by-hand.ts';
import { Timeline } from '../timeline.ts';
import { OpenCalls } from './open-calls.ts';

function recordOf(host: string, beganNs: number): CallRecord {
  const event = call(host, beganNs, { call: 'accept', stage: 'waiting' });
  return {
    ...{ id: beganNs, kind: 'call', call: event, beganNs, isReturnFollowed: false },
    ...{ host, network: host },
    ...{ atNs: event.atNs, placeNs: beganNs, links: [], revision: 0, isForgotten: false },
  };
}

test('what waits at a host that has gone is forgotten, and what waits elsewhere or began since is not', () => {
  const calls = new OpenCalls();
  const [gone, since, elsewhere] = [recordOf('h1', 1), recordOf('h1', 3), recordOf('h2', 1)];
  for (const record of [gone, since, elsewhere]) calls.add(record);
  calls.forgetOf('h1', 2);
  expect([gone, since, elsewhere].map((record) => calls.find(record.call))).toEqual([
    ...[undefined, since, elsewhere],
  ]);
  expect(calls.size).toBe(2);
});

test('a call that is told to have returned a moment after its host has gone is the same step', () => {
  const timeline = new Timeline();
  const waiting = call('h1', 0, { call: 'accept', stage: 'waiting', socket: { fd: 3 } });
  timeline.add(waiting);
  timeline.add({ kind: 'host', atNs: at(10), host: 'h1', state: 'exited', addresses: [] });
  timeline.add({ ...waiting, stage: 'returned', error: 'EINTR', tookNs: 9e6 });
  timeline.end();
  expect(timeline.steps.map(({ kind }) => kind).sort()).toEqual(['call', 'host']);
});
