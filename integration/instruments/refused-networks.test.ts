/**
 * Hosts that no probe may join: what looks there would see everybody's packets, and what is broken there would be broken for
 * all. The engine is not asked to create anything for them, so that this test can do no harm either.
 */
import { execFile } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandLine } from '../support/command-line.ts';
import { type ComposeLab, startComposeLab } from '../support/compose-lab.ts';
import { Detour } from '../support/detour.ts';

const TRY_EVERYTHING = new URL('../support/try-everything.ts', import.meta.url).pathname;

const stack = new AsyncDisposableStack();
let started: ComposeLab;
let detour: Detour;
let env: Record<string, string>;
beforeAll(async () => {
  const folder = stack.use(await mkdtempDisposable(`${tmpdir()}/socketlab-`));
  const path = `${folder.path}/engine.sock`;
  detour = stack.use(new Detour(path));
  env = { DOCKER_HOST: `unix://${path}` };
  started = stack.use(await startComposeLab('refused.yaml'));
});
afterAll(() => stack.disposeAsync());

const commandLine = (...args: string[]) => new CommandLine(started.project, args, env).ended;

/** The names of the containers that the engine was asked to create. */
const created = () =>
  detour.requests.flatMap((one) => /^POST .*\/create\?(?:.*&)?name=([\w-]+)/.exec(one)?.[1] ?? []);

const refused = [
  { host: 'web', code: 'HOST_NETWORK', why: "has this machine's own network" },
  {
    host: 'spy',
    code: 'HOST_NETWORK',
    why: `shares the network of "web", which is this machine's own network`,
  },
  { host: 'mute', code: 'NO_NETWORK', why: 'has no network' },
];

/** Of the library all tasks are tried below; the command line only adds the words and the exit code. */
const verbs = [
  ['capture', 'a', 'web'],
  ['watch', 'web'],
  ['break', 'loss', 'a', 'web', '--percent', '1'],
  ['step', 'spy', 'a', '--script', 'deliver'],
  ['break', 'reset', 'mute'],
];

test('no verb starts a probe beside such a host: it is one clear line, and exit code 2', async () => {
  const ends = await Promise.all(verbs.map((args) => commandLine(...args)));
  for (const [n, { exitCode, stdout, stderr }] of ends.entries()) {
    const { host, why } = refused.find(({ host }) => verbs[n]?.includes(host)) ?? {};
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^socketlab: Cannot .* host "${host}": it ${why}\n$`));
  }
  expect(created()).toEqual([]);
});

test('whatever the library is asked to do to such a host, it refuses with a code', async () => {
  const tries = refused.map(async ({ host, code }) => {
    const args = [TRY_EVERYTHING, started.project, host];
    const options = { env: { ...process.env, ...env } };
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    const codes = stdout.trim().split('\n');
    expect(codes).toEqual(Array(8).fill(code));
  });
  await Promise.all(tries);
  expect(created()).toEqual([]);
});

test('a host that sees the processes of this machine is not traced, and its packets can be seen', async () => {
  await expect(started.lab.trace(['seer'])).rejects.toMatchObject({ code: 'HOST_PROCESSES' });
  expect((await commandLine('capture', 'seer', '--for', '1ms')).exitCode).toBe(0);
  expect(created()).toEqual([expect.stringMatching(/^socketlab-observer-/)]);
});

test('verbs without names leave out hosts that they cannot look into, and say so once', async () => {
  const words = refused.map(({ host, why }) => `host "${host}", which ${why}`);
  const line = `socketlab: Left out: ${[words[2], words[1], words[0]].join('; ')}\n`;
  const before = created().length;
  const ends = await Promise.all([
    commandLine('capture', '--for', '1ms'),
    commandLine('watch', '--for', '1ms'),
    commandLine('heal'),
  ]);
  expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  for (const { stderr } of ends.slice(0, 2)) expect(stderr.split(line)).toHaveLength(2);
  const expected = ends.map(() => expect.stringMatching(/^socketlab-observer-/));
  expect(created().slice(before)).toEqual(expected);
});
