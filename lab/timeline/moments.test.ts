import { expect, test } from 'vitest';
import { Moments } from './moments.ts';

test('moments are taken by time, then causes before effects, then by name, whatever came first', () => {
  const inOrder = [1, 2].flatMap((ns) =>
    [0, 1, 2].flatMap((rank) => ['a', 'b', 'c'].map((tie) => ({ ns, rank, tie }))),
  );
  // 7 has no factor in common with 18: each is added once, in as many orders.
  for (let first = 0; first < inOrder.length; first += 1) {
    const moments = new Moments();
    for (let i = 0; i < inOrder.length; i += 1) {
      const moment = inOrder[(first + 7 * i) % inOrder.length];
      if (moment) moments.add({ ...moment, happen: () => undefined });
    }
    const taken = inOrder.map(() => moments.take(2));
    expect(taken).toEqual(inOrder.map((moment) => expect.objectContaining(moment)));
    expect(moments.take(2)).toBeUndefined();
  }
});

test('what is not due yet stays', () => {
  const moments = new Moments();
  moments.add({ ns: 5, rank: 0, tie: '', happen: () => undefined });
  expect(moments.take(4)).toBeUndefined();
  expect(moments.take(5)).toMatchObject({ ns: 5 });
});
