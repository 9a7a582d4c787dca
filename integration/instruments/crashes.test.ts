/** Tools that are killed in the middle: the lab talks on, and a sweep removes what they left. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { HOST, LAB, PURPOSE, STARTER } from '../../lab/engine/labels.ts';
import { ownerOf } from '../../lab/engine/owner.ts';
import { probeImage } from '../../lab/probes/probe-image.ts';
import { CommandLine, commandLine } from '../support/command-line.ts';
import { docker } from '../support/docker.ts';
import { imageOf } from '../support/images.ts';
import { expectNothingLeft, killWires, probesOf } from '../support/remains.ts';
import { arrivals, burst, sent, startUdpPair, type UdpPair } from '../support/services.ts';

let pair: UdpPair & AsyncDisposable;
beforeAll(async () => {
  pair = await startUdpPair();
});
afterAll(() => pair?.[Symbol.asyncDispose]());

const there = { from: 'udp-client', to: 'udp-echo-server' } as const;

/** The processes that a process has started. */
function childrenOf(pid = 0): number[] {
  const { stdout } = spawnSync('pgrep', ['--parent', String(pid)], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean).map(Number);
}

async function expectTalk(text: string): Promise<void> {
  const { server, client } = pair;
  await burst(client, server.host.ipv4 ?? '', { text, count: 2 });
  await expect.poll(() => arrivals(server, text)).toEqual(sent(text, 2));
}

const expectOrder = () => expectNothingLeft(pair.lab, [pair.server.host, pair.client]);

test('a fault that "break" began outlives the command, and "heal" ends it', async () => {
  const { lab, server, client } = pair;
  const args = ['break', 'loss', there.from, there.to, '--percent', '100', '--seed', '7'];
  const begun = await commandLine(lab.name, ...args);
  expect(begun).toMatchObject({ exitCode: 0, stderr: '' });
  expect(begun.stdout).toMatch(/^heal with: .* heal loss-[0-9a-f]{4}\n$/m);
  await burst(client, server.host.ipv4 ?? '', { text: 'lost', count: 3 });
  await expect
    .poll(async () => (await commandLine(lab.name, 'faults')).stdout)
    .toMatch(/loss-[0-9a-f]{4} .*udp-client -> udp-echo-server .*loss 100 % .*100 % of 3/);

  const healed = await commandLine(lab.name, 'heal');
  expect(healed.exitCode).toBe(0);
  expect(healed.stdout).toMatch(/^healed loss-[0-9a-f]{4}: 100 % of 3 packets lost$/m);
  await expectTalk('healed');
  expect(arrivals(server, 'lost')).toEqual([]);
  await expectOrder();
});

// In this file, where no sweep of another test can take the probe away meanwhile.
test('the probe of a capture ends when the process that started it is killed', async () => {
  const { lab, server } = pair;
  const capture = new CommandLine(lab.name, ['capture', 'udp-echo-server']);
  await expect.poll(() => probesOf(server.host)).toEqual(['capture']);
  await expectTalk('captured');
  capture.kill('SIGKILL');
  expect((await capture.ended).exitCode).toBeNull();
  await expect.poll(() => probesOf(server.host)).toEqual([]);
});

// When the command is about to ask for the probe, when that is made and not yet started, and when the fault is there.
const moments = ['at once', 'when its probe is made', 'when its fault is there'] as const;

test.for(moments)('"break" that is killed %s leaves a lab that can be healed', async (moment) => {
  const { lab, server } = pair;
  const args = ['break', 'partition', there.from, there.to];
  const tool = new CommandLine(lab.name, args);
  if (moment === 'when its probe is made') {
    await expect.poll(() => probesOf(server.host), { interval: 10 }).toEqual(['wire']);
  } else if (moment === 'when its fault is there') {
    await expect.poll(async () => (await lab.faults()).paths.length).toBeGreaterThan(0);
  }
  tool.kill('SIGKILL');
  await tool.ended;
  // Both ways, or not at all.
  const directions = async () => (await lab.faults()).paths.flatMap((fault) => fault.directions);
  await expect.poll(async () => (await directions()).length).not.toBe(1);

  const ended = { exitCode: 0, stderr: '' };
  expect(await commandLine(lab.name, 'heal')).toMatchObject(ended);
  expect(await commandLine(lab.name, 'sweep')).toMatchObject(ended);
  await expectTalk(`killed ${moment}`);
  await expectOrder();
});

test('a wire whose starter was killed before it could start it is no obstacle to the next fault', async () => {
  const { lab, server, client } = pair;
  const { id } = server.host;
  const made = await docker.createContainer({
    name: `socketlab-wire-${id.slice(0, 12)}`,
    Image: await probeImage(),
    Labels: {
      [LAB]: lab.name,
      [HOST]: server.host.name,
      [PURPOSE]: 'wire',
      [STARTER]: ownerOf(spawnSync('true').pid),
    },
    HostConfig: { NetworkMode: `container:${id}` },
  });
  {
    await using partition = await lab.impair({ kind: 'partition', ...there });
    await burst(client, server.host.ipv4 ?? '', { text: 'cut', count: 2 });
    // What still waits in the wire when it is healed goes on.
    const lost = async () => (await partition.report())[0]?.status.counters.lost;
    await expect.poll(lost).toBe(2);
    await expect(made.inspect()).rejects.toThrow('no such container');
  }
  expect(arrivals(server, 'cut')).toEqual([]);
  await expectOrder();
});

test('faults that begin and end on one host at the same time do not lose each other', async () => {
  const { lab } = pair;
  const delay = (delayMs: number) => lab.impair({ kind: 'delay', ...there, delayMs });
  const first = await Promise.all([1, 2, 3].map(delay));
  const idsNow = async () => (await lab.faults()).paths.map(({ id }) => id).sort();
  expect(await idsNow()).toEqual(first.map(({ id }) => id).sort());

  const [last] = await Promise.all([delay(4), ...first.map((fault) => fault.heal())]);
  expect(await idsNow()).toEqual([last.id]);
  await last.heal();
  await expectOrder();
});

test.for(['SIGKILL', 'SIGHUP'] as const)(
  'a "step" that is ended by %s releases what it holds',
  async (signal) => {
    const { lab, server, client } = pair;
    const step = new CommandLine(lab.name, ['step', there.from, there.to, '--script', 'drop,drop']);
    await expect.poll(async () => (await lab.faults()).paths[0]?.directions.length).toBe(2);
    step.kill(signal);
    await step.ended;
    for (const host of [server.host, client]) {
      await expect.poll(() => probesOf(host)).toEqual([]);
    }
    await expectTalk(`after ${signal}`);
    await expectOrder();
  },
);

test('a fault of a test ends when the process of the test is killed', async () => {
  const { lab, server, client } = pair;
  const script = `
    import { Lab } from '${new URL('../../lab/index.ts', import.meta.url)}';
    const lab = await Lab.attach();
    await lab.impair({ kind: 'partition', from: '${there.from}', to: '${there.to}' });
    console.log('cut');
    setInterval(() => undefined, 1e9);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, COMPOSE_PROJECT_NAME: lab.name },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  await burst(client, server.host.ipv4 ?? '', { text: 'cut by a test', count: 2 });
  // What still waits in a wire that is killed goes on.
  const lost = async () =>
    (await lab.faults()).paths
      .flatMap(({ directions }) => directions)
      .reduce((sum, { status }) => sum + status.counters.lost, 0);
  await expect.poll(lost).toBeGreaterThanOrEqual(2);
  child.kill('SIGKILL');
  for (const host of [server.host, client]) {
    await expect.poll(() => probesOf(host)).toEqual([]);
  }
  await expectTalk('the test was killed');
  expect(arrivals(server, 'cut by a test')).toEqual([]);
  await expectOrder();
});

test.for(['sweep', 'heal'] as const)(
  'when the program of the wire is killed traffic flows, and "%s" removes its rules',
  async (verb) => {
    const { lab, server, client } = pair;
    const fault = await lab.impair({ kind: 'partition', ...there, bothWays: false });
    const text = `cut off before ${verb}`;
    await burst(client, server.host.ipv4 ?? '', { text, count: 2 });
    const counters = async () => (await fault.report())[0]?.status.counters;
    await expect.poll(async () => (await counters())?.lost).toBe(2);
    expect(arrivals(server, text)).toEqual([]);

    await killWires(server.host);
    await expectTalk(`bypassed before ${verb}`);
    const { exitCode, stdout } = await commandLine(lab.name, verb);
    expect(exitCode).toBe(0);
    const told = {
      sweep: 'removed the rules of a wire in udp-echo-server',
      heal: 'a wire was killed at udp-echo-server: its faults ended then, and the packets that it held back are lost',
    };
    expect(stdout.replace(/\s+/g, ' ')).toContain(told[verb]);
    await expectOrder();
    await expectTalk(`after ${verb}`);
  },
);

test('a wire that was killed is no obstacle to the next fault', async () => {
  const { lab, server } = pair;
  await lab.impair({ kind: 'partition', ...there, bothWays: false });
  await killWires(server.host);
  await expect.poll(() => probesOf(server.host)).toEqual([]);
  {
    const protocol = 'udp';
    await using loss = await lab.impair({
      kind: 'loss',
      ...there,
      percent: 100,
      every: 2,
      protocol,
    });
    await burst(pair.client, server.host.ipv4 ?? '', { text: 'anew', count: 4 });
    await expect.poll(() => arrivals(server, 'anew')).toEqual(['anew 1', 'anew 3']);
    expect((await loss.report())[0]?.status.counters.lost).toBe(2);
  }
  await expectOrder();
});

test.for(['goes with it', 'is swept if its keeper was killed, too'])(
  'a lab whose process was killed %s: hosts, probes, network',
  async (end) => {
    const image = imageOf(inject('runId'), 'udp-echo-server');
    const script = new URL('../support/break-and-wait.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, image], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [lab] = await once(createInterface({ input: child.stdout }), 'line');
    const remains = async () => {
      const label = [`socketlab.lab=${lab}`];
      const containers = await docker.listContainers({ all: true, filters: { label } });
      const networks = await docker.listNetworks({ filters: { label } });
      return [...containers.map(({ Names }) => Names[0]), ...networks.map(({ Name }) => Name)];
    };
    expect((await remains()).length).toBeGreaterThanOrEqual(5);
    const isSwept = end !== 'goes with it';
    if (isSwept) for (const pid of childrenOf(child.pid)) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    if (isSwept) {
      const network = `network ${lab}: the process that created it has ended`;
      const dry = await commandLine(pair.lab.name, 'sweep', '--dry-run');
      expect(dry.stdout).toContain(`would remove ${network}`);
      expect((await remains()).length).toBeGreaterThanOrEqual(3);
      const { exitCode, stdout } = await commandLine(pair.lab.name, 'sweep');
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`removed ${network}`);
    }
    await expect.poll(remains).toEqual([]);
    await expectTalk(`not swept: ${end}`);
  },
);
