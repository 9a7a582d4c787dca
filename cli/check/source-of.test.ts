import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceOf } from './source-of.ts';

test('the source of a program is its main file, or what there is of it', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-source-'));
  const at = (name: string) => join(folder.path, name);
  await mkdir(at('server'));
  expect(await sourceOf(at('server'), folder.path)).toBe('server');
  await writeFile(at('server/main.py'), '');
  expect(await sourceOf(at('server'), folder.path)).toBe('server/main.py');
  expect(await sourceOf(at('server/main.py'), folder.path)).toBe('server/main.py');
});

test('an image has no source', async () => {
  expect(await sourceOf('registry.example/server:1')).toBeUndefined();
});
