import { execFile } from 'node:child_process';
import { inject, test } from 'vitest';
import { benches, commandOf } from '../bench/benches.ts';
import { findBrowser } from '../web/testing/browser.ts';
import { nameInRun } from './support/docker.ts';
import { imageOf } from './support/images.ts';

const lacks = {
  root: () => process.getuid?.() !== 0 && 'this is not root',
  Docker: () => false,
  Chromium: () => findBrowser() === undefined && 'there is no Chromium',
} as const;

// How fast it is depends on what else runs here: only that it measures is tested.
test.for(benches)('the benchmark "$name" measures', async (bench, { expect, skip }) => {
  const lacking = bench.needs && lacks[bench.needs]();
  if (lacking) skip(`the benchmark "${bench.name}" is not tested, as ${lacking}`);
  const [command = '', ...args] = commandOf(bench, bench.short);
  const SERVER_IMAGE = imageOf(inject('runId'), 'tcp-server');
  const IMAGES = nameInRun(inject('runId'), '');
  const { promise, resolve } = Promise.withResolvers<string>();
  execFile(
    command,
    args,
    { env: { ...process.env, SERVER_IMAGE, IMAGES } },
    (_error, stdout, stderr) => resolve(stdout + stderr),
  );
  expect(await promise).toMatch(bench.figure);
});
