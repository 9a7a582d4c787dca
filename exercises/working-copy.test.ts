import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nameOf } from './exercise.ts';
import { exerciseNumbered } from './exercises.ts';
import { copiesIn, copyAround, notePassed, prepare } from './working-copy.ts';

const exercise = exerciseNumbered('1');
const tempHome = () => mkdtempDisposable(join(tmpdir(), 'socketlab-exercises-'));

test('a working copy begins with the starter of its language', async () => {
  await using home = await tempHome();
  const { copy, isNew } = await prepare(exercise, { home: home.path, language: 'typescript' });
  expect(isNew).toBe(true);
  const starter = join(exercise.folder, 'starter/typescript/main.ts');
  expect(await readFile(join(copy.folder, 'main.ts'), 'utf8')).toBe(
    await readFile(starter, 'utf8'),
  );
});

test('what is in a working copy is never overwritten', async () => {
  await using home = await tempHome();
  const where = { home: home.path, language: 'python' } as const;
  const { copy } = await prepare(exercise, where);
  const file = join(copy.folder, 'main.py');
  await writeFile(file, 'mine');
  expect(await prepare(exercise, where)).toEqual({ copy, isNew: false });
  expect(await readFile(file, 'utf8')).toBe('mine');
});

test('a folder of the same name that is no working copy is left alone', async () => {
  await using home = await tempHome();
  await mkdir(join(home.path, nameOf(exercise)));
  const prepared = prepare(exercise, { home: home.path, language: 'python' });
  await expect(prepared).rejects.toThrow(TypeError);
});

test('a working copy is found from a folder in it, and remembers when it passed first', async () => {
  await using home = await tempHome();
  const { copy } = await prepare(exercise, { home: home.path, language: 'python' });
  const inside = join(copy.folder, 'src/deep');
  await mkdir(inside, { recursive: true });
  expect((await copyAround(inside))?.folder).toBe(copy.folder);
  expect(await copyAround(home.path)).toBeUndefined();
  await notePassed(copy);
  const [passed] = await copiesIn(home.path);
  expect(passed?.state.passed).toMatch(/^\d{4}-/);
  if (passed) await notePassed(passed);
  expect(await copiesIn(home.path)).toEqual([passed]);
});
