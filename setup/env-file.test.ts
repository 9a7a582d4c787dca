import { spawnSync } from 'node:child_process';
import { mkdtempDisposableSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Runs a line of the set-up in a folder. */
function run(folder: string, line: string): void {
  const script = `. ${join(import.meta.dirname, 'base-image.sh')}; ${line}`;
  const { status, stderr } = spawnSync('bash', ['-euc', script], { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

test('the set-up names its base image in .env, which stays readable to whom it was', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'socketlab-'));
  const file = join(folder.path, '.env');
  writeFileSync(file, 'TOKEN=secret\nNODE_IMAGE=old\nLAB_IPV6=off\n', { mode: 0o600 });
  run(folder.path, 'name_image new');
  expect(readFileSync(file, 'utf8')).toBe('TOKEN=secret\nLAB_IPV6=off\nNODE_IMAGE=new\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  run(folder.path, "name_image ''");
  expect(readFileSync(file, 'utf8')).toBe('TOKEN=secret\nLAB_IPV6=off\n');
});

test('the set-up makes a .env where there is none', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'socketlab-'));
  run(folder.path, 'name_image new');
  expect(readFileSync(join(folder.path, '.env'), 'utf8')).toBe('NODE_IMAGE=new\n');
});
