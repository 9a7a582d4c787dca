import { expect, test } from 'vitest';
import { inTimeOrder } from './in-time-order.ts';

const at = (ns: number) => ({ atNs: String(ns) });
const LONG_MS = 1e6;

async function timesOf(events: AsyncIterable<{ atNs: string }>): Promise<number[]> {
  return (await Array.fromAsync(events)).map(({ atNs }) => Number(atNs));
}

async function* come(...times: number[]) {
  for (const time of times) yield at(time);
}

test('events that come late are given in the order of their times', async () => {
  const events = inTimeOrder(come(5, 1, 9, 10, 4), { waitMs: LONG_MS, most: 100 });
  expect(await timesOf(events)).toEqual([1, 4, 5, 9, 10]);
});

test('no more events wait than they may: one that comes later still is given as it comes', async () => {
  const events = inTimeOrder(come(5, 6, 7, 8, 1), { waitMs: LONG_MS, most: 2 });
  expect(await timesOf(events)).toEqual([5, 6, 1, 7, 8]);
});

test('an event is given when it has waited long enough, though nothing follows', async () => {
  const { promise: silent, resolve: end } = Promise.withResolvers<void>();
  const source = async function* () {
    yield at(1);
    await silent;
  };
  const events = inTimeOrder(source(), { waitMs: 1, most: 100 });
  expect(await events.next()).toMatchObject({ value: at(1) });
  end();
  expect(await events.next()).toMatchObject({ done: true });
});

test('an error of the source is that of the ordered events', async () => {
  const source = async function* () {
    yield at(1);
    throw new Error('the engine has gone');
  };
  const events = inTimeOrder(source(), { waitMs: LONG_MS, most: 100 });
  await expect(timesOf(events)).rejects.toThrow('the engine has gone');
});
