/** Hosts that are called differently since they were broken, as their service has more, or fewer, of them now. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeContainer } from '../../lab/engine/remove.ts';
import { directionText } from '../../lab/explain/faults/report-text.ts';
import { Lab } from '../../lab/index.ts';
import { commandLine } from '../support/command-line.ts';
import { docker } from '../support/docker.ts';
import { ours } from '../support/programs.ts';
import { expectNothingLeft, killWires } from '../support/remains.ts';
import { Watched } from '../support/watched.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
  await lab.startHost('other', { ...ours('udp-client'), entrypoint: ['sleep', 'infinity'] });
  await startScaled(1);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

/** Starts a container of the Compose service `scaled`: with a second one the first is called differently. */
async function startScaled(number: number): Promise<AsyncDisposable> {
  const { image } = ours('udp-client');
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: ['sleep', 'infinity'],
    Healthcheck: { Test: ['NONE'] },
    Labels: {
      'com.docker.compose.project': lab.name,
      'com.docker.compose.service': 'scaled',
      'com.docker.compose.container-number': String(number),
      'socketlab.lab': lab.name,
    },
    HostConfig: { NetworkMode: lab.name, Init: true },
  });
  await container.start();
  return { [Symbol.asyncDispose]: () => removeContainer(container.id) };
}

const toScaled = { kind: 'loss', percent: 100, from: 'other', to: 'scaled' } as const;
const cutOff = () =>
  lab.impair({ kind: 'partition', from: 'other', to: 'scaled', bothWays: false });

test('a fault at a host that was renamed is listed under the new name, and healed by it', async () => {
  await commandLine(lab.name, 'break', 'partition', 'other', 'scaled');
  const directions = async () =>
    (await lab.faults()).paths.map((fault) => fault.directions.map(directionText));
  expect(await directions()).toEqual([['scaled -> other', 'other -> scaled']]);

  await using _second = await startScaled(2);
  expect(await directions()).toEqual([['scaled-1 -> other', 'other -> scaled-1']]);
  const healed = await commandLine(lab.name, 'heal', 'scaled-1');
  expect(healed).toMatchObject({ exitCode: 0, stderr: '' });
  await expectNothingLeft(lab, await lab.hosts());
});

test('a host that was renamed can be broken again', async () => {
  const first = await cutOff();
  await using _second = await startScaled(2);
  const second = await lab.impair({ ...toScaled, to: 'scaled-1' });
  const ids = [first.id, second.id];
  const { paths } = await lab.faults();
  expect(paths.map(({ id }) => id)).toEqual(ids);
  await lab.heal(ids);
  await expectNothingLeft(lab, await lab.hosts());
});

test('the rules of a killed wire are removed from a host that was renamed', async () => {
  await cutOff();
  await killWires(await lab.find('scaled'));
  await using _second = await startScaled(2);
  const { stdout } = await commandLine(lab.name, 'sweep');
  expect(stdout).toContain('removed the rules of a wire in scaled-1: ');
  await expectNothingLeft(lab, await lab.hosts());
});

test('a watch reports what a wire does under the current name of its host', async () => {
  await using watch = await lab.watch({ calls: false });
  const watched = new Watched(watch);
  const faults = () => watched.of('fault').map(({ host, change }) => `${host}: ${change}`);
  const fault = await lab.impair(toScaled);
  await expect.poll(faults).toEqual(['scaled: applied']);
  await using _second = await startScaled(2);
  await expect.poll(() => watched.of('host').map(({ host }) => host)).toContain('scaled-1');
  await fault.heal();
  await expect.poll(faults).toEqual(['scaled: applied', 'scaled-1: healed']);
  await watch.stop();
});
