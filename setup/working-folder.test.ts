/** The shell script in a folder of its own, with a program in place of the command line that says where it runs. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
let folder = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'socketlab-folder-')));
  cpSync(join(ROOT, 'socketlab'), join(folder, 'socketlab'));
  symlinkSync(join(ROOT, 'setup'), join(folder, 'setup'));
  for (const inside of ['cli', 'node_modules/.bin', 'elsewhere'])
    mkdirSync(join(folder, inside), { recursive: true });
  // As after a set-up, so that nothing is installed.
  for (const lock of ['package-lock.json', 'node_modules/.socketlab-lock'])
    writeFileSync(join(folder, lock), '{}');
  symlinkSync(process.execPath, join(folder, 'node_modules/.bin/node'));
  writeFileSync(join(folder, 'cli/main.ts'), 'console.log(process.cwd());');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a verb runs in the folder in which it is called, so that paths are those of the caller', () => {
  const cwd = join(folder, 'elsewhere');
  const printed = execFileSync('../socketlab', ['check'], { cwd, encoding: 'utf8' });
  expect(printed.trim()).toBe(cwd);
});
