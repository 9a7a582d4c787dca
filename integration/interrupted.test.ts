/** What a check has begun goes when it is interrupted, and when it is killed, with the next sweep. */
import { expect, test } from 'vitest';
import { BUILDER, OWNER } from '../lab/engine/labels.ts';
import { ownerOf } from '../lab/engine/owner.ts';
import { sweep } from '../lab/index.ts';
import { CommandLine } from './support/command-line.ts';
import { docker } from './support/docker.ts';
import { Terminal } from './support/terminal.ts';

const PROGRAM = new URL('../checks/testing/tcp-server/right-threads.py', import.meta.url).pathname;

/** What the engine has of a process: containers, images and networks. */
function ownOf(owner: string) {
  const filters = { label: [`${OWNER}=${owner}`] };
  const ofBuilder = { label: [`${BUILDER}=${owner}`] };
  const containers = () => docker.listContainers({ all: true, filters });
  const networks = () => docker.listNetworks({ filters });
  const all = async () => {
    const images = docker.listImages({ filters: ofBuilder });
    return [await containers(), await images, await networks()].map(({ length }) => length);
  };
  return { containers, networks, all };
}

/** A check in whose lab the program is running; and what the engine has of it. */
async function begun() {
  const line = new CommandLine('none', ['check', 'tcp-server', PROGRAM]);
  const { containers, all } = ownOf(line.owner);
  await expect.poll(async () => (await containers()).length).toBeGreaterThan(2);
  return { line, all };
}

test('Ctrl-C during a check leaves nothing', async () => {
  const { line, all } = await begun();
  line.kill('SIGINT');
  expect(await line.ended).toMatchObject({ exitCode: 130, stdout: '' });
  expect(await all()).toEqual([0, 0, 0]);
});

test('Ctrl-C in place of a prediction leaves nothing of the lab that has been started meanwhile', async () => {
  await using terminal = new Terminal('none', ['exercise', 'look', '1']);
  await terminal.press('two\n', /Your prediction/);
  const { networks, all } = ownOf(ownerOf(await terminal.pid()));
  await expect.poll(async () => (await networks()).length).toBe(1);
  await terminal.press('\x03', /Please type one letter/);
  expect(await terminal.exitCode()).toBe(130);
  expect(await all()).toEqual([0, 0, 0]);
});

test('a sweep removes what a check that was killed has left, its image too', async () => {
  const { line, all } = await begun();
  line.kill('SIGKILL');
  await line.ended;
  const [containers = 0, ...others] = await all();
  expect(containers).toBeGreaterThan(0);
  expect(others).toEqual([1, 1]);
  await sweep();
  expect(await all()).toEqual([0, 0, 0]);
});
