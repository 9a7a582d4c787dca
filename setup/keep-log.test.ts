import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposableSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const KEEP_LOG = join(import.meta.dirname, 'keep-log.sh');
const MB = 1_000_000;

test('a log is kept while it is written', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'socketlab-'));
  const file = join(folder.path, 'log');
  const keeper = spawn(KEEP_LOG, [file], { stdio: ['pipe', 'inherit', 'inherit'] });
  keeper.stdin.write('started\n');
  await expect.poll(() => spawnSync('cat', [file], { encoding: 'utf8' }).stdout).toBe('started\n');
  keeper.stdin.end();
  await once(keeper, 'exit');
});

test('of a long log the latest 5 MB are kept, and at most 10', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'socketlab-'));
  const file = join(folder.path, 'log');
  const lines = Array.from({ length: 1_300_000 }, (_, n) => `line ${n}\n`).join('');
  expect(lines.length).toBeGreaterThan(15 * MB);
  const { status } = spawnSync(KEEP_LOG, [file], { input: lines, maxBuffer: MB });
  expect(status).toBe(0);
  const kept = readFileSync(`${file}.1`, 'utf8') + readFileSync(file, 'utf8');
  expect(kept.length).toBeGreaterThanOrEqual(5 * MB);
  expect(kept.length).toBeLessThanOrEqual(10 * MB);
  expect(lines.endsWith(kept)).toBe(true);
});
