import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

test('lets so many deeds go on at a time, in the order in which they came', async () => {
  const slots = new Slots(3);
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  const deed = (n: number) =>
    slots.take(async () => {
      begun.push(n);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return n;
    });
  const all = Array.from({ length: 20 }, (_, n) => n);
  expect(await Promise.all(all.map(deed))).toEqual(all);
  expect(begun).toEqual(all);
  expect(most).toBe(3);
});

test('has the slot again of a deed that failed', async () => {
  const slots = new Slots(1);
  await expect(slots.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await slots.take(async () => 'yes')).toBe('yes');
});
