import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Output } from './output.ts';

const identity = () => ({ from: 'a', to: 'b', protocol: 'udp', ipId: 1, length: 9 }) as const;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'output-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

it('tells fates one by one up to a number, and sums up the rest', async () => {
  const path = join(folder(), 'lines');
  const fd = openSync(path, 'w');
  const output = new Output({ host: 'h', clock: () => 5n, perSecond: 2, fd });
  for (let count = 0; count < 10; count += 1) output.fate('lost', 'loss-1', identity);
  output.close();
  await output.flushed(1000);
  closeSync(fd);
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ kind }) => kind)).toEqual(['fate', 'fate', 'summary']);
  expect(lines[2]).toEqual({
    kind: 'summary',
    atNs: '5',
    host: 'h',
    omitted: { 'loss-1': { lost: 8 } },
  });
});

it('does not wait for a reader who does not read', async () => {
  const path = join(folder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const output = new Output({ host: 'h', clock: () => 5n, perSecond: 1e6, fd });
  const startMs = performance.now();
  for (let count = 0; count < 50_000; count += 1) output.fate('lost', 'loss-1', identity);
  await output.flushed(50);
  expect(performance.now() - startMs).toBeLessThan(2000);
  closeSync(fd);
});
