/** A lab that is taken down while there are faults takes their probes along. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ENDED, LAB, PURPOSE } from '../../lab/engine/labels.ts';
import { killHost } from '../../lab/faults/ended-hosts.ts';
import { type SweepOptions, sweep } from '../../lab/index.ts';
import { type ComposeLab, startComposeLab } from '../support/compose-lab.ts';
import { docker } from '../support/docker.ts';

const ROOT = `${import.meta.dirname}/../..`;
const path = { from: 'a', to: 'b' } as const;

async function probesOf({ project }: ComposeLab): Promise<(string | undefined)[]> {
  const label = [`${LAB}=${project}`, PURPOSE];
  const found = await docker.listContainers({ all: true, filters: { label } });
  return found.map(({ Names }) => Names[0]);
}

/** The notes that faults have ended hosts, which `heal` goes by. */
async function notesOf({ project }: ComposeLab): Promise<string[]> {
  const filters = { label: [`${LAB}=${project}`, ENDED] };
  return ((await docker.listVolumes({ filters })).Volumes ?? []).map(({ Name }) => Name);
}

/** Cuts a path, both ways, and lets that outlast the process that did it. */
async function breakPath({ lab }: ComposeLab): Promise<void> {
  await (await lab.impair({ kind: 'partition', ...path })).keep();
}

test('after "docker compose down" the probes of its faults end by themselves, and a sweep removes the rest', async () => {
  await using pair = await startComposeLab('pair.yaml');
  await breakPath(pair);
  expect(await probesOf(pair)).toHaveLength(2);
  await killHost(await pair.lab.find('a'));
  const [note = ''] = await notesOf(pair);
  const swept = async (options: SweepOptions) =>
    (await sweep(undefined, options)).removed.map(({ name }) => name);
  expect(await swept({ dryRun: true })).not.toContain(note);
  await pair.compose('down');
  await expect.poll(() => probesOf(pair)).toEqual([]);
  // Nothing removes it but a sweep; that of another test may be first.
  await swept({});
  expect(await notesOf(pair)).toEqual([]);
});

test('"./socketlab down" returns when the probes have ended, and leaves no note of an ended host', async () => {
  await using pair = await startComposeLab('pair.yaml');
  await breakPath(pair);
  expect(await probesOf(pair)).toHaveLength(2);
  await killHost(await pair.lab.find('a'));
  expect(await notesOf(pair)).toHaveLength(1);
  await promisify(execFile)('./socketlab', ['--project', pair.project, 'down'], { cwd: ROOT });
  expect(await probesOf(pair)).toEqual([]);
  expect(await notesOf(pair)).toEqual([]);
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
