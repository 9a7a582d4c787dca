import { expect, test } from 'vitest';
import { LabError } from '../model/lab-error.ts';
import { allDone, inTurn } from './all-done.ts';

const failure = (message: string) => new LabError('NO_HOST', message);

test('all of it is waited for, and what failed is told', async () => {
  const done: string[] = [];
  const deed = async (name: string) => {
    await new Promise(setImmediate);
    done.push(name);
    return name;
  };
  expect(await allDone([deed('one'), deed('two')])).toEqual(['one', 'two']);
  const all = allDone([Promise.reject(failure('Cannot a')), deed('three')]);
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

test('deeds in turn go on after a failure', async () => {
  const begun: string[] = [];
  const deed = (name: string, why?: string) => async () => {
    await new Promise(setImmediate);
    begun.push(name);
    if (why !== undefined) throw failure(why);
  };
  await expect(inTurn([deed('one'), deed('two', 'Cannot a'), deed('three')])).rejects.toThrow(
    'Cannot a',
  );
  expect(begun).toEqual(['one', 'two', 'three']);
});
