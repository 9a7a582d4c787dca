import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../explain/testing/words-of.ts';
import { at, call } from '../testing/by-hand.ts';
import { Timeline } from '../timeline.ts';

const socket = { fd: 3, protocol: 'tcp' } as const;
const waits = (name: 'accept' | 'connect') =>
  call('h1', 0, { call: name, stage: 'waiting', socket });
const returned = { stage: 'returned', result: 4, tookNs: 1.5e9 } as const;

test('a call that waits for others is handed out after a second, and again when it has returned', () => {
  const timeline = new Timeline({ latenessMs: 100 });
  const accept = waits('accept');
  timeline.add(accept);
  timeline.advance(at(1000));
  timeline.takeSettled();
  expect(timeline.takeWaiting()).toEqual([]);
  timeline.advance(at(1200));
  expect(timeline.takeSettled()).toEqual([]);
  const [step, ...others] = timeline.takeWaiting();
  expect(others).toEqual([]);
  expect(step).toMatchObject({ host: 'h1', atNs: at(0), waitedUntilNs: at(1100) });
  expect(step && titleOf(step)).toBe('accept waits');
  expect(step && sentenceOf(step)).toMatch(/has been waiting for more than a second/);
  timeline.advance(at(1400));
  expect(timeline.takeWaiting()).toEqual([]);
  timeline.add({ ...accept, ...returned });
  timeline.end();
  const [last, ...more] = timeline.takeSettled();
  expect(more).toEqual([]);
  expect(last).toMatchObject({ id: step?.id, endNs: at(1500) });
  expect(last).not.toHaveProperty('waitedUntilNs');
});

test('a call that waits for others and returns within a second is handed out once', () => {
  const timeline = new Timeline({ latenessMs: 100 });
  const accept = waits('accept');
  timeline.add(accept);
  timeline.advance(at(500));
  timeline.add({ ...accept, ...returned, tookNs: 6e8 });
  timeline.advance(at(5000));
  expect(timeline.takeSettled()).toMatchObject([{ endNs: at(600) }]);
  expect(timeline.takeWaiting()).toEqual([]);
});

test('a call that waits for its own packets is handed out in its place', () => {
  const timeline = new Timeline({ latenessMs: 100 });
  timeline.add(waits('connect'));
  timeline.advance(at(5000));
  expect(timeline.takeSettled()).toMatchObject([{ call: { call: 'connect' } }]);
  expect(timeline.takeWaiting()).toEqual([]);
});

test('the calls that waited at a host that has gone are not handed out', () => {
  const timeline = new Timeline({ latenessMs: 100 });
  timeline.add(waits('accept'));
  timeline.add({ kind: 'host', atNs: at(10), host: 'h1', state: 'exited', addresses: [] });
  timeline.advance(at(5000));
  expect(timeline.takeSettled()).toMatchObject([{ kind: 'host' }]);
  expect(timeline.takeWaiting()).toEqual([]);
});
