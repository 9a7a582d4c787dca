import { expect, test } from 'vitest';
import { Heap } from './heap.ts';

const byNumber = (one: { n: number }, other: { n: number }) => one.n - other.n;

function takeAll<T>(heap: Heap<T>): T[] {
  const taken: T[] = [];
  while (heap.first !== undefined) taken.push(heap.take() as T);
  return taken;
}

test('items are taken in order, whatever the order in which they came', () => {
  // 7 has no factor in common with 19: each is added once, in as many orders.
  for (let begin = 0; begin < 19; begin += 1) {
    const heap = new Heap(byNumber);
    for (let i = 0; i < 19; i += 1) heap.add({ n: (begin + 7 * i) % 19 });
    expect(heap.size).toBe(19);
    expect(takeAll(heap).map(({ n }) => n)).toEqual(Array.from({ length: 19 }, (_, n) => n));
    expect(heap.take()).toBeUndefined();
  }
});

test('items that are added while others are taken get their place', () => {
  const heap = new Heap(byNumber);
  for (const n of [5, 1, 9]) heap.add({ n });
  expect(heap.take()).toEqual({ n: 1 });
  for (const n of [7, 0]) heap.add({ n });
  expect(takeAll(heap).map(({ n }) => n)).toEqual([0, 5, 7, 9]);
});

test('items that are revised are taken in their new order', () => {
  const heap = new Heap(byNumber);
  for (let n = 0; n < 10; n += 1) heap.add({ n });
  heap.revise((item) => {
    item.n = (item.n * 3) % 10;
  });
  expect(takeAll(heap).map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
