/** What a test of somebody who uses the library prints when it fails, and what it leaves behind: nothing. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import { docker } from './support/docker.ts';
import { imageOf } from './support/images.ts';

test('a failed test tells of its hosts and draws what happened; one that times out leaves no lab', async () => {
  const config = `${import.meta.dirname}/fails/vitest.config.ts`;
  const vitest = `${import.meta.dirname}/../node_modules/vitest/vitest.mjs`;
  const image = `${imageOf(inject('runId'), 'tcp-server')}:latest`;
  const run = spawn(process.execPath, [vitest, 'run', '--config', config], {
    env: { ...process.env, IMAGE: image, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, told] = await Promise.all([text(run.stdout), text(run.stderr)]);
  expect(printed).toContain('2 failed');
  expect(told).toContain('When "an expectation fails" failed:');
  expect(told).toMatch(new RegExp(`^Host "server" \\(${image}\\), running\\n.*listening`, 'm'));
  expect(told).toMatch(/client +server\n(?:.*\n)*.* SYN .*▶│/);
  expect(told).toContain('When "nothing happens" failed:');
  expect(told).toContain(`Host "mute" (${image}), running\n  (it has logged nothing)`);

  const labs = [...told.matchAll(/^Lab (socketlab-\w+)$/gm)].map(([, lab]) => lab);
  expect(labs).toHaveLength(2);
  const remains = async () => {
    const found = labs.map(async (lab) => {
      const filters = { label: [`socketlab.lab=${lab}`] };
      const all = [docker.listContainers({ all: true, filters }), docker.listNetworks({ filters })];
      return (await Promise.all<unknown[]>(all)).flat().length;
    });
    return Promise.all(found);
  };
  await expect.poll(remains).toEqual([0, 0]);
});
