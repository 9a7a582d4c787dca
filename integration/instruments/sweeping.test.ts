/** Images of probes that an older version has left: a sweep removes those that nobody will run again. */
import { execFile } from 'node:child_process';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test, vi } from 'vitest';
import { SOURCE } from '../../lab/engine/labels.ts';
import { Lab, sweep } from '../../lab/index.ts';
import { sourceOf } from '../../lab/probes/image-source.ts';
import { probeImage } from '../../lab/probes/probe-image.ts';
import { docker } from '../support/docker.ts';
import { imageOf } from '../support/images.ts';

const HERE = join(import.meta.dirname, '../..');

/** Makes an image of an older version of the probes. */
async function oldImage(name: string, source: string) {
  const tag = `socketlab/probe:${name}-${inject('runId')}`;
  const label = `${SOURCE}=${source}`;
  // Given on standard input, buildx would leave folders in the one for temporary files.
  await using context = await mkdtempDisposable(join(tmpdir(), 'socketlab-'));
  const from = imageOf(inject('runId'), 'tcp-client');
  await writeFile(join(context.path, 'Dockerfile'), `FROM ${from}\nLABEL test=${name}\n`);
  const args = ['build', '--quiet', '--tag', tag, '--label', label, context.path];
  await promisify(execFile)('docker', args);
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

/** Of a folder that was there a moment ago. */
async function sourceGone(): Promise<string> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-'));
  return sourceOf(folder.path);
}

const isThere = async (reference: string) =>
  (await docker.listImages({ filters: { reference: [reference] } })).length > 0;

test('a sweep removes old images of this folder, and of folders that are gone', async () => {
  const current = await probeImage();
  await using own = await oldImage('own', sourceOf(HERE));
  await using gone = await oldImage('gone', await sourceGone());
  await using other = await oldImage('other', sourceOf('/'));
  // As it may be in another container: the host name and the path are no proof.
  await using namesake = await oldImage('namesake', `${hostname()}:${HERE}/no-such-folder`);
  await using used = await oldImage('used', sourceOf(HERE));
  const user = await docker.createContainer({ Image: used.tag });
  try {
    const { removed } = await sweep();
    // A sweep of another test may have been there first: what counts is what is left.
    for (const kept of [other.tag, namesake.tag, used.tag, current])
      expect(removed.map(({ name }) => name)).not.toContain(kept);
  } finally {
    await user.remove();
  }
  expect(await Promise.all([own.tag, gone.tag].map(isThere))).toEqual([false, false]);
  const kept = [other.tag, namesake.tag, used.tag, current];
  expect(await Promise.all(kept.map(isThere))).toEqual([true, true, true, true]);
});

test('a sweep that fails in one thing does the rest, and reports the failure', async () => {
  await using lab = await Lab.start();
  await using old = await oldImage('late', await sourceGone());
  using hosts = vi.spyOn(lab, 'hosts');
  hosts.mockRejectedValue(new Error('Cannot list the hosts'));
  await expect(sweep(lab)).rejects.toThrow('Cannot list the hosts');
  expect(await isThere(old.tag)).toBe(false);
});
