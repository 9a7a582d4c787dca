/** What the engine is asked, as each question takes it some milliseconds, and a lab may have many hosts. */
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../../lab/index.ts';
import { CommandLine } from '../support/command-line.ts';
import { Detour } from '../support/detour.ts';
import { ours } from '../support/programs.ts';

const COUNTS = [1, 3, 5] as const;

let labs: Lab[] = [];
let hosts: Host[];
beforeAll(async () => {
  labs = await Promise.all(COUNTS.map(() => Lab.start()));
  const started = labs.flatMap((lab, n) =>
    Array.from({ length: COUNTS[n] ?? 0 }, (_, host) => startIdle(lab, `idle-${host}`)),
  );
  hosts = await Promise.all(started);
});
afterAll(async () => {
  await Promise.all(labs.map((lab) => lab[Symbol.asyncDispose]()));
});

/** A host that costs next to nothing. */
function startIdle(lab: Lab, name: string): Promise<Host> {
  return lab.startHost(name, {
    ...ours('tcp-client'),
    entrypoint: ['sleep'],
    command: ['infinity'],
  });
}

/** Every question that a verb has for the engine. */
async function questionsOf(lab: Lab | undefined, ...verb: string[]): Promise<string[]> {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const path = `${folder.path}/engine.sock`;
  using detour = new Detour(path);
  const env = { DOCKER_HOST: `unix://${path}` };
  const { exitCode, stderr } = await new CommandLine(lab?.name ?? '', verb, env).ended;
  expect(exitCode, stderr).toBe(0);
  return detour.requests.map(decodeURIComponent);
}

test.each([
  { verb: ['hosts'], most: 1 },
  { verb: ['faults'], most: 1 },
  // Looks for rules that killed wires have left in each host.
  { verb: ['heal'], most: 9 },
  // Each has two probes.
  { verb: ['watch', '--for', '1s'], most: 17 },
  { verb: ['capture', '--for', '1s'], most: 9 },
])(
  '$verb.0 takes at most $most more requests to the engine for each host',
  async ({ verb, most }) => {
    const asked: number[] = [];
    for (const lab of labs) asked.push((await questionsOf(lab, ...verb)).length);
    const [one = 0, three = 0, five = 0] = asked;
    expect(three - one).toBeLessThanOrEqual(2 * most);
    expect(five - three).toBeLessThanOrEqual(2 * most);
  },
);

test('the engine is asked about the one host that changes, while all are watched', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const path = `${folder.path}/engine.sock`;
  using detour = new Detour(path);
  const [lab, host] = [labs[1], hosts[1]];
  const env = { DOCKER_HOST: `unix://${path}` };
  const watch = new CommandLine(lab?.name ?? '', ['watch', '--no-calls'], env);
  const looksAt = (requests: readonly string[]) =>
    requests.filter((one) => /\/containers\/[0-9a-f]{64}\/json$/.test(one));
  const logs = () => detour.requests.filter((one) => one.includes('/logs?')).length;
  await expect.poll(logs).toBe(COUNTS[1]);
  const before = detour.requests.length;
  await host?.pause();
  await host?.unpause();
  const since = () => looksAt(detour.requests.slice(before));
  await expect.poll(since).not.toHaveLength(0);
  watch.kill('SIGINT');
  expect((await watch.ended).exitCode).toBe(0);
  for (const question of since()) expect(question).toContain(host?.id);
});

test('the wires of a lab take one request to the engine, however many hosts it has', async () => {
  const questions = await questionsOf(labs[1], 'faults');
  const lists = questions.filter((one) => one.includes('socketlab.purpose=wire'));
  expect(lists).toHaveLength(1);
});

test('a list of the hosts takes one request to the engine for each host', async () => {
  const questions = await questionsOf(labs[0], 'hosts');
  expect(questions.filter((one) => one.endsWith(`/containers/${hosts[0]?.id}/json`))).toHaveLength(
    1,
  );
});
