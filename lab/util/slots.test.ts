import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

test('a limited number of tasks run at once, first come, first served', async () => {
  const slots = new Slots(3);
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  const task = (n: number) =>
    slots.take(async () => {
      begun.push(n);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return n;
    });
  const all = Array.from({ length: 20 }, (_, n) => n);
  expect(await Promise.all(all.map(task))).toEqual(all);
  expect(begun).toEqual(all);
  expect(most).toBe(3);
});

test('the slot of a task that fails is freed', async () => {
  const slots = new Slots(1);
  await expect(slots.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await slots.take(async () => 'yes')).toBe('yes');
});
