import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { load } from './testing/load.ts';
import { Timeline } from './timeline.ts';

/** `bench/timeline.ts` takes a million. */
const EVENTS = 200_000;
/** By then all that is bounded is full. */
const FULL = EVENTS / 4;
/** A step that is not let go of takes a hundred times as much. */
const BYTES_AN_EVENT_MAX = 40;
const bounds = { conversationsKept: 100, stepsKept: 2000 };

test('many events leave no more behind than the bounds say', { timeout: 60_000 }, () => {
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
