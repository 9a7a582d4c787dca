import { expect, test } from 'vitest';
import type { LabEvent } from '../../lab/model/event.ts';
import { schedule } from './player.ts';

const at = (...ms: readonly number[]): LabEvent[] =>
  ms.map((one) => ({ kind: 'log', host: 'a', line: '', atNs: `${1_790_000_000_000 + one}000000` }));

test('a recording is played at the pace at which it happened', () => {
  expect(schedule(at(0, 10, 250))).toEqual([0, 10, 250]);
});

test('long pauses are cut short', () => {
  expect(schedule(at(0, 60_000, 60_500))).toEqual([0, 1000, 1500]);
});

test('an event that comes late is not waited for twice', () => {
  expect(schedule(at(0, 100, 50, 150))).toEqual([0, 100, 100, 150]);
});

test('a long recording is played within a minute', () => {
  const due = schedule(at(...Array.from({ length: 241 }, (_, n) => n * 500)));
  expect(due.at(-1)).toBe(60_000);
  expect(due[1]).toBe(250);
});
