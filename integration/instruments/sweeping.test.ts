/** Images of probes that an older version has left: a sweep removes those that nobody will run again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import { sweep } from '../../lab/index.ts';
import { SOURCE } from '../../lab/labels.ts';
import { probeImage } from '../../lab/probe-image.ts';
import { docker } from '../support/docker.ts';
import { imageOf } from '../support/images.ts';

const HERE = join(import.meta.dirname, '../..');

/** Makes an image of an older version of the probes, from a folder of this machine. */
async function oldImage(name: string, folder: string) {
  const tag = `socketlab/probe:${name}-${inject('runId')}`;
  const label = `${SOURCE}=${hostname()}:${folder}`;
  const build = spawn('docker', ['build', '--quiet', '--tag', tag, '--label', label, '-']);
  build.stdin.end(`FROM ${imageOf(inject('runId'), 'tcp-client')}\nLABEL test=${name}\n`);
  const [[code], complaint] = await Promise.all([once(build, 'close'), text(build.stderr)]);
  if (code !== 0) throw new Error(`Cannot build image ${tag}: ${complaint}`);
  return {
    tag,
    [Symbol.asyncDispose]: async () => {
      await docker
        .getImage(tag)
        .remove()
        .catch(() => undefined); // it should be gone
    },
  };
}

const isThere = async (reference: string) =>
  (await docker.listImages({ filters: { reference: [reference] } })).length > 0;

test('a sweep removes old images of this folder, and of folders that are gone', async () => {
  const current = await probeImage();
  await using own = await oldImage('own', HERE);
  await using gone = await oldImage('gone', join(HERE, 'no-such-folder'));
  await using other = await oldImage('other', '/');
  await using used = await oldImage('used', HERE);
  const user = await docker.createContainer({ Image: used.tag });
  try {
    const removed = await sweep();
    // A sweep of another test may have been there first: what counts is what is left.
    for (const kept of [other.tag, used.tag, current]) expect(removed).not.toContain(kept);
  } finally {
    await user.remove();
  }
  expect(await Promise.all([own.tag, gone.tag].map(isThere))).toEqual([false, false]);
  expect(await Promise.all([other.tag, used.tag, current].map(isThere))).toEqual([
    true,
    true,
    true,
  ]);
});
