import { expect, test } from 'vitest';
import { allOver } from './all-over.ts';

test('all results come in order, and an error only when all tasks are over', async () => {
  expect(await allOver([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
  const slow = Promise.withResolvers<number>();
  let isOver = false;
  const all = allOver([Promise.reject(new Error('no')), slow.promise]).finally(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect(isOver).toBe(false);
  slow.resolve(1);
  await expect(all).rejects.toThrow('no');
});
