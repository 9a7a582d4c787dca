import { cp, mkdtempDisposable, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentHash } from './content-hash.ts';

test('a copy is the same, and one in which a file has another name or content is not', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-hash-'));
  const [one, other] = [join(folder.path, 'one'), join(folder.path, 'other')];
  await cp(import.meta.dirname, one, { recursive: true });
  await cp(one, other, { recursive: true });
  const first = await contentHash(one);
  expect(await contentHash(other)).toBe(first);
  const file = join(other, 'content-hash.ts');
  await writeFile(file, 'changed');
  expect(await contentHash(other)).not.toBe(first);
  await cp(join(one, 'content-hash.ts'), file);
  await rename(file, join(other, 'renamed.ts'));
  expect(await contentHash(other)).not.toBe(first);
});
