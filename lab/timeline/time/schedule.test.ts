import { expect, test } from 'vitest';
import { Schedule } from './schedule.ts';

test('schedule are taken by time, then causes before effects, then by name, whatever came first', () => {
  const inOrder = [1, 2].flatMap((ns) =>
    [0, 1, 2].flatMap((rank) => ['a', 'b', 'c'].map((tie) => ({ ns, rank, tie }))),
  );
  // 7 has no factor in common with 18: each is added once, in as many orders.
  for (let first = 0; first < inOrder.length; first += 1) {
    const schedule = new Schedule();
    for (let i = 0; i < inOrder.length; i += 1) {
      const moment = inOrder[(first + 7 * i) % inOrder.length];
      if (moment) schedule.add({ ...moment, happen: () => undefined });
    }
    const taken = inOrder.map(() => schedule.take(2));
    expect(taken).toEqual(inOrder.map((moment) => expect.objectContaining(moment)));
    expect(schedule.take(2)).toBeUndefined();
  }
});

test('what is not due yet stays', () => {
  const schedule = new Schedule();
  schedule.add({ ns: 5, rank: 0, tie: '', happen: () => undefined });
  expect(schedule.take(4)).toBeUndefined();
  expect(schedule.take(5)).toMatchObject({ ns: 5 });
});
