import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, mkdtempDisposable, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { againAtEachSave } from './again-at-each-save.ts';

test('what a run writes itself is no save, wherever it lies', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-save-'));
  const path = await realpath(folder.path);
  const [report, page] = [join(path, 'out'), join(path, 'out/report.html')];
  await mkdir(report);
  const stop = new AbortController();
  const all: (string | undefined)[] = [];
  const except = new Set([report, page]);
  await againAtEachSave(folder.path, { signal: stop.signal, except }, async (saved) => {
    all.push(saved);
    const watcher = watch(report);
    const seen = once(watcher, 'change');
    await writeFile(page, '');
    // By then the change would have been taken for a save.
    await seen;
    watcher.close();
    if (saved === undefined) await writeFile(join(path, 'main.py'), '');
    else stop.abort();
  });
  expect(all).toEqual([undefined, 'main.py']);
});
