import { expect, test } from 'vitest';
import type { LabEvent } from '../../lab/index.ts';
import { LatestEvents } from './latest-events.ts';

const logged = (line: string): LabEvent => ({ kind: 'log', atNs: '1', host: 'a', line });
const linesOf = (events: LatestEvents) =>
  [...events].map((event) => (event.kind === 'log' ? event.line : ''));

test('as long as there is room, all events are kept', () => {
  const events = new LatestEvents(10_000);
  for (const line of ['a', 'b', 'c']) events.push(logged(line));
  expect(linesOf(events)).toEqual(['a', 'b', 'c']);
});

test('when there is no more room, the oldest are left out', () => {
  const events = new LatestEvents(1000);
  for (let n = 0; n < 5000; n += 1) events.push(logged(String(n)));
  expect(linesOf(events)).toEqual(['4997', '4998', '4999']);
});

test('a long line takes the room of several', () => {
  const events = new LatestEvents(1800);
  for (const line of ['a', 'b', 'x'.repeat(1000)]) events.push(logged(line));
  expect(linesOf(events)).toEqual(['b', 'x'.repeat(1000)]);
});

test('the latest event is kept, however long it is', () => {
  const events = new LatestEvents(1000);
  for (const line of ['a', 'x'.repeat(5000)]) events.push(logged(line));
  expect(linesOf(events)).toEqual(['x'.repeat(5000)]);
});
