import { expect, test } from 'vitest';
import { Looks } from './looks.ts';

test('changes during a look cause one more look', async () => {
  const looked: string[] = [];
  const first = Promise.withResolvers<void>();
  const looks = new Looks(async (changed) => {
    looked.push([...changed].join());
    if (looked.length === 1) await first.promise;
  });
  const all = [looks.again('a')];
  await Promise.resolve();
  for (const id of ['b', 'c', 'b']) all.push(looks.again(id));
  first.resolve();
  await Promise.all(all);
  await looks.over();
  expect(looked).toEqual(['a', 'b,c']);
});

test('whoever asked learns that a look has failed', async () => {
  const looks = new Looks(() => Promise.reject(new Error('no engine')));
  await expect(looks.again('a')).rejects.toThrow('no engine');
  await looks.over();
});
