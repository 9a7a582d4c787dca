import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Tasks that note when they begin, and end when they are told to. */
function tasks(turns: Turns) {
  const begun: string[] = [];
  const begin = (name: string) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const over = turns.take(() => {
      begun.push(name);
      return promise;
    });
    return { over, end: () => resolve(name) };
  };
  return { begun, begin };
}

test('as many run at once as there are turns, and the next one begins when one is over', async () => {
  const { begun, begin } = tasks(new Turns(2));
  const [first] = ['first', 'second', 'third'].map(begin);
  expect(begun).toEqual(['first', 'second']);
  first?.end();
  expect(await first?.over).toBe('first');
  expect(begun).toEqual(['first', 'second', 'third']);
});

test('one that takes longer than its turn goes on beside the next one', async () => {
  const { begun, begin } = tasks(new Turns(1, 1));
  const [hanging, next] = ['hanging', 'next'].map(begin);
  await expect.poll(() => begun).toEqual(['hanging', 'next']);
  next?.end();
  expect(await next?.over).toBe('next');
  hanging?.end();
  expect(await hanging?.over).toBe('hanging');
});

test('no more go on beyond their turns than there are turns', async () => {
  const { begun, begin } = tasks(new Turns(1, 1));
  const [first] = ['first', 'second', 'third'].map(begin);
  await expect.poll(() => begun).toEqual(['first', 'second']);
  first?.end();
  await expect.poll(() => begun).toEqual(['first', 'second', 'third']);
});

test('what fails, fails, and the next one begins', async () => {
  const turns = new Turns(1);
  const failing = turns.take(() => Promise.reject(new Error('disk full')));
  await expect(failing).rejects.toThrow('disk full');
  expect(await turns.take(() => Promise.resolve('next'))).toBe('next');
});
