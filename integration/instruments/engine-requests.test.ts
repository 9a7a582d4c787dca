/** What the engine is asked, as each question takes it some milliseconds, and a lab may have many hosts. */
import { execFile } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../../lab/index.ts';
import { CommandLine } from '../support/command-line.ts';
import { Detour } from '../support/detour.ts';
import { ours } from '../support/programs.ts';

const verbs = [
  { verb: ['hosts'], most: 1 },
  { verb: ['faults'], most: 1 },
  // Looks for rules that killed wires have left in each host.
  { verb: ['heal'], most: 9 },
  // Each has two probes.
  { verb: ['watch', '--for', '1s'], most: 17 },
  { verb: ['capture', '--for', '1s'], most: 9 },
] as const;

const HOSTS = 3;

let lab: Lab;
const hosts: Host[] = [];
/** What each verb asked in the lab of one host, of two, and of three. */
const asked = Array.from(verbs, () => [] as string[][]);
beforeAll(async () => {
  lab = await Lab.start();
  while (hosts.length < HOSTS) {
    hosts.push(await startIdle(`idle-${hosts.length}`));
    for (const [n, { verb }] of verbs.entries()) asked[n]?.push(await questionsOf(verb));
  }
});
afterAll(() => lab?.[Symbol.asyncDispose]());

/** What a verb asked in the lab of so many hosts. */
function askedBy(verb: (typeof verbs)[number]['verb'][0], hosts: number): readonly string[] {
  const n = verbs.findIndex(({ verb: [name] }) => name === verb);
  return asked[n]?.[hosts - 1] ?? [];
}

/** A host that costs next to nothing. */
function startIdle(name: string): Promise<Host> {
  return lab.startHost(name, {
    ...ours('tcp-client'),
    entrypoint: ['sleep'],
    command: ['infinity'],
  });
}

/** Every question that a verb has for the engine. */
async function questionsOf(verb: readonly string[]): Promise<string[]> {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const path = `${folder.path}/engine.sock`;
  using detour = new Detour(path);
  const env = { DOCKER_HOST: `unix://${path}` };
  const { exitCode, stderr } = await new CommandLine(lab.name, verb, env).ended;
  expect(exitCode, stderr).toBe(0);
  return detour.requests.map(decodeURIComponent);
}

test.each(verbs)(
  '$verb.0 takes at most $most more requests to the engine for each host',
  ({ verb: [verb], most }) => {
    const [one = Number.NaN, two = Number.NaN, three = Number.NaN] = [1, 2, 3].map(
      (hosts) => askedBy(verb, hosts).length,
    );
    expect(one).toBeGreaterThan(0);
    expect(two - one).toBeLessThanOrEqual(most);
    expect(three - two).toBeLessThanOrEqual(most);
  },
);

test('the engine is asked about the one host that changes, while all are watched', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const path = `${folder.path}/engine.sock`;
  using detour = new Detour(path);
  const [, host] = hosts;
  const env = { DOCKER_HOST: `unix://${path}` };
  const watch = new CommandLine(lab.name, ['watch', '--no-calls'], env);
  const looksAt = (requests: readonly string[]) =>
    requests.filter((one) => /\/containers\/[0-9a-f]{64}\/json$/.test(one));
  const logs = () => detour.requests.filter((one) => one.includes('/logs?')).length;
  await expect.poll(logs).toBe(HOSTS);
  const before = detour.requests.length;
  await host?.pause();
  await host?.unpause();
  const since = () => looksAt(detour.requests.slice(before));
  await expect.poll(since).not.toHaveLength(0);
  watch.kill('SIGINT');
  expect((await watch.ended).exitCode).toBe(0);
  for (const question of since()) expect(question).toContain(host?.id);
});

test('the wires of a lab take one request to the engine, however many hosts it has', () => {
  const lists = askedBy('faults', HOSTS).filter((one) => one.includes('socketlab.purpose=wire'));
  expect(lists).toHaveLength(1);
});

test('a list of the hosts takes one request to the engine for each host', () => {
  for (const { id } of hosts) {
    const about = askedBy('hosts', HOSTS).filter((one) => one.endsWith(`/containers/${id}/json`));
    expect(about).toHaveLength(1);
  }
});

test('Lab.find inspects one host, however many the lab has', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const path = `${folder.path}/engine.sock`;
  using detour = new Detour(path);
  const script = `
    import { Lab } from '${new URL('../../lab/index.ts', import.meta.url)}';
    const lab = await Lab.attach({ project: '${lab.name}' });
    await lab.find('idle-1');`;
  const env = { ...process.env, DOCKER_HOST: `unix://${path}` };
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env });
  const inspected = detour.requests.filter((one) => /\/containers\/[0-9a-f]{64}\/json$/.test(one));
  expect(inspected).toEqual([expect.stringContaining(`/${hosts[1]?.id}/`)]);
});
