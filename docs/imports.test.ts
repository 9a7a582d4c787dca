/** `imports.grit` sees each room of `lab/`, however deep a file is in it. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const BIOME = join(ROOT, 'node_modules/.bin/biome');
const settings = {
  plugins: ['./imports.grit'],
  linter: { rules: { recommended: false } },
};

test('no room imports the façade, at any depth, and each may import util/', async () => {
  const entries = await readdir(join(ROOT, 'lab'), { withFileTypes: true });
  const rooms = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const foldersOf = (room: string) => [room, `${room}/a`, `${room}/a/b`];
  const folders = rooms.flatMap(foldersOf);
  const up = (folder: string) => '../'.repeat(folder.split('/').length);
  await using root = await mkdtempDisposable(join(tmpdir(), 'socketlab-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root.path, path)), { recursive: true });
    await writeFile(join(root.path, path), text);
  };
  await cp(join(ROOT, 'imports.grit'), join(root.path, 'imports.grit'));
  await write('biome.json', JSON.stringify(settings));
  for (const folder of folders) {
    await write(`lab/${folder}/facade.ts`, `import '${up(folder)}index.ts';\n`);
    await write(`lab/${folder}/util.ts`, `import '${up(folder)}util/heap.ts';\n`);
  }
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const run = promisify(execFile)(BIOME, args, { cwd: root.path, maxBuffer: 2 ** 26 });
  const { stdout } = await run.catch((failure: { stdout: string }) => failure);
  const found = new Set([...stdout.matchAll(/lab\/[a-z/-]+\.ts/g)].map(([path]) => path));
  // Nothing but what is in util/ itself goes there by a path that leads down.
  const refused = ['model', 'util'].flatMap(foldersOf).map((folder) => `lab/${folder}/util.ts`);
  const facades = folders.map((folder) => `lab/${folder}/facade.ts`);
  expect([...found].sort()).toEqual([...facades, ...refused].sort());
});
