import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasEnded, ownerOf, thisProcess } from './owner.ts';

const [boot = '', pids = '', pid = '', start = ''] = thisProcess.split(':');

test('a process that runs has not ended, and one that is gone has', () => {
  expect(hasEnded(thisProcess)).toBe(false);
  expect(hasEnded(ownerOf(1))).toBe(false);
  const gone = spawnSync('true').pid;
  expect(hasEnded(`${boot}:${pids}:${gone}:${start}`)).toBe(true);
});

test('a process has ended when another one has its id', () => {
  expect(hasEnded(`${boot}:${pids}:${pid}:${Number(start) - 1}`)).toBe(true);
});

test.each([
  ['machine, or of the time before its last start', `another:${pids}:${pid}:${start}`],
  ['container on the same engine', `${boot}:4026530000:${pid}:1`],
])('nothing is known of a process of another %s', (_, owner) => {
  expect(hasEnded(owner)).toBe(false);
});

test.each(['', 'hostname:1', `${boot}:${pids}`, `${boot}:${pids}:0:1`, `${boot}:${pids}:-1:1`])(
  'nothing is known of the owner "%s"',
  (owner) => {
    expect(hasEnded(owner)).toBe(false);
  },
);

test('a process that nobody has waited for yet has ended', async () => {
  // What the shell becomes never waits for its child.
  const script = 'sleep 60 & echo $!; exec sleep 60';
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(parent.stdout, 'data');
  const child = Number(line);
  const waits = () => readFileSync(`/proc/${parent.pid}/comm`, 'utf8') === 'sleep\n';
  await expect.poll(waits).toBe(true);
  const owner = ownerOf(child);
  expect(hasEnded(owner)).toBe(false);
  process.kill(child);
  await expect.poll(() => hasEnded(owner)).toBe(true);
  expect(readFileSync(`/proc/${child}/stat`, 'utf8')).toContain(' Z ');
  parent.kill();
});
