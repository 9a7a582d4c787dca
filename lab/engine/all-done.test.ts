import { expect, test } from 'vitest';
import { LabError } from '../model/lab-error.ts';
import { allDone, inTurn } from './all-done.ts';

const failure = (message: string) => new LabError('NO_HOST', message);

test('all tasks are awaited, and failures are reported at the end', async () => {
  const done: string[] = [];
  const task = async (name: string) => {
    await new Promise(setImmediate);
    done.push(name);
    return name;
  };
  expect(await allDone([task('one'), task('two')])).toEqual(['one', 'two']);
  const all = allDone([Promise.reject(failure('Cannot a')), task('three')]);
  await expect(all).rejects.toThrow(failure('Cannot a'));
  expect(done).toEqual(['one', 'two', 'three']);
});

test('several failures are one error, with every message once', async () => {
  const all = ['Cannot a', 'Cannot b', 'Cannot a'].map((why) => Promise.reject(failure(why)));
  await expect(allDone(all)).rejects.toMatchObject({
    code: 'NO_HOST',
    message: 'Cannot a; Cannot b',
  });
});

test('tasks in turn continue after a failure', async () => {
  const begun: string[] = [];
  const task = (name: string, why?: string) => async () => {
    await new Promise(setImmediate);
    begun.push(name);
    if (why !== undefined) throw failure(why);
  };
  await expect(inTurn([task('one'), task('two', 'Cannot a'), task('three')])).rejects.toThrow(
    'Cannot a',
  );
  expect(begun).toEqual(['one', 'two', 'three']);
});
