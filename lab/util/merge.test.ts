import { once } from 'node:events';
import { expect, test } from 'vitest';
import { MergedStream, merge } from './merge.ts';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let n = 0; n < count; n += 1) yield n;
}

async function* failing(): AsyncGenerator<number> {
  yield 1;
  throw new Error('broken');
}

test('a merged stream has the items of all sources, and ends with the last of them', async () => {
  const items = await Array.fromAsync(merge([numbers(3), numbers(2)]));
  expect(items.sort()).toEqual([0, 0, 1, 1, 2]);
});

test('nothing piles up, however often the sources wait for the reader', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  const reader = merge(Array.from({ length: 20 }, () => numbers(5000)))[Symbol.asyncIterator]();
  let count = 0;
  while (!(await reader.next()).done) {
    count += 1;
    // Now and then it takes so long that all of them wait.
    if (count % 1000 === 0) await new Promise(setImmediate);
  }
  await new Promise(setImmediate);
  process.off('warning', note);
  expect(count).toBe(100_000);
  expect(warnings).toEqual([]);
});

test('an error of a source reaches the reader, even one that comes later', async () => {
  const merged = merge([failing()]);
  await new Promise(setImmediate);
  await expect(Array.fromAsync(merged)).rejects.toThrow('broken');
});

test('an error that nobody reads is no unhandled rejection', async () => {
  const uncaught = once(process, 'uncaughtException', { signal: AbortSignal.timeout(50) });
  await new MergedStream<number>().add(failing());
  await expect(uncaught).rejects.toThrow('aborted');
});
