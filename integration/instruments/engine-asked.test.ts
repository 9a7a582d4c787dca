/** What the engine is asked, as each question takes it some milliseconds, and a lab may have many hosts. */
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { CommandLine } from '../support/command-line.ts';
import { Detour } from '../support/detour.ts';
import { startBothPairs, startStandby } from '../support/services.ts';

/** Every question that a verb has for the engine. */
async function questionsOf(lab: string, verb: string): Promise<string[]> {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const path = `${folder.path}/engine.sock`;
  using detour = new Detour(path);
  const env = { DOCKER_HOST: `unix://${path}` };
  const { exitCode } = await new CommandLine(lab, [verb], env).ended;
  expect(exitCode).toBe(0);
  return detour.requests.map(decodeURIComponent);
}

test('the engine is asked for the wires of a lab once, however many hosts it has', async () => {
  await using pairs = await startBothPairs();
  const lists = (await questionsOf(pairs.lab.name, 'faults')).filter((one) =>
    one.includes('/json?'),
  );
  expect(lists.filter((one) => one.includes('socketlab.purpose=wire'))).toHaveLength(1);
});

test('the engine is asked once what a host is, when the hosts are listed', async () => {
  await using lab = await Lab.start();
  const host = await startStandby(lab, 'udp-client');
  const questions = await questionsOf(lab.name, 'hosts');
  expect(questions.filter((one) => one.endsWith(`/containers/${host.id}/json`))).toHaveLength(1);
});
