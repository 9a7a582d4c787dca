import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { inject, test } from 'vitest';
import { benches, commandOf, TARGET_MISSED } from '../bench/benches.ts';
import { findBrowser } from '../web/testing/browser.ts';
import { nameInRun } from './support/docker.ts';
import { imageOf } from './support/images.ts';

const lacks = {
  root: () => process.getuid?.() !== 0 && 'this is not root',
  Docker: () => false,
  Chromium: () => findBrowser() === undefined && 'there is no Chromium',
} as const;

// How fast it is depends on the load of the machine: only that it measures is tested.
test.for(benches)('the benchmark "$name" measures', async (bench, { expect, skip }) => {
  const lacking = bench.needs && lacks[bench.needs]();
  if (lacking) skip(`the benchmark "${bench.name}" is not tested, as ${lacking}`);
  const [command = '', ...args] = commandOf(bench, bench.short);
  const SERVER_IMAGE = imageOf(inject('runId'), 'tcp-server');
  const IMAGES = nameInRun(inject('runId'), '');
  const env = { ...process.env, SERVER_IMAGE, IMAGES };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  expect(stdout + stderr).toMatch(bench.figure);
  // One that crashes has perhaps printed its figure before.
  expect([0, TARGET_MISSED], stderr).toContain(exitCode);
});
