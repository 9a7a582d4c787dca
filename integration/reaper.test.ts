/** A test run that is killed leaves nothing behind: no host, no network, no image. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, inject, test } from 'vitest';
import { docker } from './support/docker.ts';
import { imageOf } from './support/images.ts';

test('what a killed test run has started is removed', async () => {
  const script = `${import.meta.dirname}/support/run-and-wait.ts`;
  const args = [script, imageOf(inject('runId'), 'tcp-server')];
  const run = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: run.stdout }), 'line');
  const { lab, image } = JSON.parse(line);
  const remains = async () => {
    const label = [`socketlab.lab=${lab}`];
    const found = await Promise.all([
      docker.listContainers({ all: true, filters: { label } }),
      docker.listNetworks({ filters: { label } }),
      docker.listImages({ filters: { reference: [image] } }),
    ]);
    return found.map(({ length }) => length);
  };
  expect(await remains()).toEqual([1, 1, 1]);
  run.kill('SIGKILL');
  await expect.poll(remains).toEqual([0, 0, 0]);
});
