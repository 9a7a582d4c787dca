import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exerciseNumbered } from '../../exercises/exercises.ts';
import { prepare } from '../../exercises/working-copy.ts';
import { copyOf, currentCopy } from './place.ts';

test('a working copy is found in the folder that is named for all of them', async () => {
  await using home = await mkdtempDisposable(join(tmpdir(), 'socketlab-place-'));
  const into = home.path;
  const exercise = exerciseNumbered('2');
  await expect(currentCopy({ into })).rejects.toThrow('There is no working copy');
  expect(await copyOf(exercise, into)).toBeUndefined();
  const { copy } = await prepare(exercise, { home: into, language: 'python' });
  expect(await currentCopy({ into })).toEqual(copy);
  expect(await copyOf(exercise, into)).toEqual(copy);
});
