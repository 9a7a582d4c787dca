/**
 * Hosts that no probe may join: what looks there would see everybody's packets, and what is broken there would be broken for
 * all. Nothing is asked of the engine for them, so that this test can do no harm either.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toReach } from '../../lab/matchers/to-reach.ts';
import { runInProbe } from '../../lab/probes/probe.ts';
import { commandLine } from '../support/command-line.ts';
import { type ComposeLab, startComposeLab } from '../support/compose-lab.ts';
import { ProbesMade } from '../support/probes-made.ts';

let started: ComposeLab;
let probes: ProbesMade;
beforeAll(async () => {
  started = await startComposeLab('refused.yaml');
  probes = await ProbesMade.listen(started.project);
});
afterAll(async () => {
  probes?.[Symbol.dispose]();
  await started?.[Symbol.asyncDispose]();
});

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
  const ends = await Promise.all(verbs.map((args) => commandLine(started.project, ...args)));
  for (const [n, { exitCode, stdout, stderr }] of ends.entries()) {
    const { host, why } = refused.find(({ host }) => verbs[n]?.includes(host)) ?? {};
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^socketlab: Cannot .* host "${host}": it ${why}\n$`));
  }
  expect(await probes.soFar()).toEqual([]);
});

test.for(refused)('the library refuses $host with the code $code', async ({ host: name, code }) => {
  const { lab } = started;
  const [host, a] = await Promise.all([lab.find(name), lab.find('a')]);
  const tasks = [
    () => lab.capture([name]),
    () => lab.trace([name]),
    () => lab.watch({ hosts: [name] }),
    () => lab.impair({ kind: 'partition', from: 'a', to: name }),
    () => lab.hold({ from: name, to: 'a' }),
    () => lab.resetConnections(name),
    () => toReach(host, a, { port: 7 }),
    () => runInProbe(host, { purpose: 'task', command: ['true'], capabilities: [] }),
  ];
  for (const task of tasks) await expect(task()).rejects.toMatchObject({ code });
  expect(await probes.soFar()).toEqual([]);
});

test('a host that sees the processes of this machine is not traced, and its packets can be seen', async () => {
  const { lab } = started;
  await expect(lab.trace(['seer'])).rejects.toMatchObject({ code: 'HOST_PROCESSES' });
  await using _capture = await lab.capture(['seer']);
  expect(await probes.soFar()).toEqual(['seer capture']);
});

test('verbs without names leave out hosts that they cannot look into, and say so once', async () => {
  const words = refused.map(({ host, why }) => `host "${host}", which ${why}`);
  const line = `socketlab: Left out: ${[words[2], words[1], words[0]].join('; ')}\n`;
  const before = (await probes.soFar()).length;
  const ends = await Promise.all([
    commandLine(started.project, 'capture', '--for', '1ms'),
    commandLine(started.project, 'watch', '--for', '1ms'),
    commandLine(started.project, 'heal'),
  ]);
  expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  for (const { stderr } of ends.slice(0, 2)) expect(stderr.split(line)).toHaveLength(2);
  const made = (await probes.soFar()).slice(before).map((probe) => probe.split(' ')[0]);
  expect([...new Set(made)].sort()).toEqual(['a', 'seer']);
});
