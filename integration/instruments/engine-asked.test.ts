/** What the engine is asked, as each question takes it some milliseconds, and a lab may have many hosts. */
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { CommandLine } from '../support/command-line.ts';
import { Detour } from '../support/detour.ts';
import { startBothPairs } from '../support/services.ts';

test('the engine is asked for the wires of a lab once, however many hosts it has', async () => {
  await using pairs = await startBothPairs();
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const path = `${folder.path}/engine.sock`;
  using detour = new Detour(path);
  const env = { DOCKER_HOST: `unix://${path}` };
  const { exitCode } = await new CommandLine(pairs.lab.name, ['faults'], env).ended;
  expect(exitCode).toBe(0);
  const lists = detour.requests.map(decodeURIComponent).filter((one) => one.includes('/json?'));
  expect(lists.filter((one) => one.includes('socketlab.purpose=wire'))).toHaveLength(1);
});
