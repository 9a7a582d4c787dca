/** A lab that is taken down while there are faults takes their probes along. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { LAB, PURPOSE } from '../../lab/engine/labels.ts';
import { type ComposeLab, startComposeLab } from '../support/compose-lab.ts';
import { docker } from '../support/docker.ts';

const ROOT = `${import.meta.dirname}/../..`;
const path = { from: 'a', to: 'b' } as const;

async function probesOf({ project }: ComposeLab): Promise<(string | undefined)[]> {
  const label = [`${LAB}=${project}`, PURPOSE];
  const found = await docker.listContainers({ all: true, filters: { label } });
  return found.map(({ Names }) => Names[0]);
}

/** Cuts a path, both ways, and lets that outlast the process that did it. */
async function breakPath({ lab }: ComposeLab): Promise<void> {
  await (await lab.impair({ kind: 'partition', ...path })).keep();
}

test('after "docker compose down" the probes of its faults end by themselves', async () => {
  await using pair = await startComposeLab('pair.yaml');
  await breakPath(pair);
  expect(await probesOf(pair)).toHaveLength(2);
  await pair.compose('down');
  await expect.poll(() => probesOf(pair)).toEqual([]);
});

test('"./socketlab down" returns when the probes have ended', async () => {
  await using pair = await startComposeLab('pair.yaml');
  await breakPath(pair);
  expect(await probesOf(pair)).toHaveLength(2);
  await promisify(execFile)('./socketlab', ['--project', pair.project, 'down'], { cwd: ROOT });
  expect(await probesOf(pair)).toEqual([]);
});

test('a host that is taken off its network for a moment, and put on it again, keeps its faults', async () => {
  await using pair = await startComposeLab('pair.yaml');
  await breakPath(pair);
  const b = await pair.lab.find('b');
  const network = docker.getNetwork(`${pair.project}_default`);
  await network.disconnect({ Container: b.id });
  await network.connect({ Container: b.id });
  expect((await pair.lab.faults()).paths[0]?.directions).toHaveLength(2);
  await pair.lab.heal();
});
