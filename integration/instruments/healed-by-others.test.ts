/** Faults that somebody else has ended, while a test still refers to them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeContainer } from '../../lab/engine/remove.ts';
import { faultText } from '../../lab/explain/faults/fault-text.ts';
import type { Host } from '../../lab/index.ts';
import { CommandLine, commandLine } from '../support/command-line.ts';
import { ours } from '../support/programs.ts';
import { expectNothingLeft, killWirePrograms, killWires, probesOf } from '../support/remains.ts';
import { arrivals, burst, startUdpPair, type UdpPair } from '../support/services.ts';
import { Watched } from '../support/watched.ts';

let pair: UdpPair & AsyncDisposable;
beforeAll(async () => {
  pair = await startUdpPair();
});
afterAll(() => pair?.[Symbol.asyncDispose]());

const there = { from: 'udp-client', to: 'udp-echo-server' } as const;

test.for(['and its wire goes too', 'and its wire stays'])(
  'a hold ends when somebody else heals it, %s',
  async (what) => {
    const { lab } = pair;
    await using stack = new AsyncDisposableStack();
    if (what.includes('stays')) stack.use(await lab.impair({ kind: 'loss', ...there, percent: 0 }));
    const hold = stack.use(await lab.hold({ ...there, bothWays: false }));
    const next = hold.next();
    const { paths } = await lab.faults();
    await lab.heal(paths.map(({ id }) => id).filter((id) => id.startsWith('hold-')));
    expect(await next).toBeUndefined();
  },
);

test('a fault that somebody else healed still reports what it did, and healing it again changes nothing', async () => {
  const { lab, server, client } = pair;
  await using fault = await lab.impair({ kind: 'loss', ...there, percent: 100 });
  await burst(client, server.host.ipv4 ?? '', { text: 'lost', count: 3 });
  await expect
    .poll(async () => (await fault.report())[0]?.status.counters)
    .toMatchObject({ lost: 3 });
  const { stdout } = await commandLine(lab.name, 'heal', fault.id);
  expect(stdout).toBe(`healed ${fault.id}: 100 % of 3 packets lost\n`);
  for (const asked of [fault.report(), fault.outcome(), fault.heal()]) {
    expect(await asked).toMatchObject([{ status: { counters: { lost: 3 } } }]);
  }
});

test('the report of a fault whose wire was killed fails with NO_FAULT', async () => {
  const { lab, server } = pair;
  await using watch = await lab.watch({ hosts: [server.host.name], calls: false });
  const fault = await lab.impair({ kind: 'loss', ...there, percent: 0 });
  const message = expect.stringMatching(/its wire was killed: .* that it held back are lost$/);
  const told = expect(fault.outcome()).rejects.toMatchObject({ code: 'NO_FAULT', message });
  const changes: string[] = [];
  for await (const event of watch) {
    if (event.kind !== 'fault') continue;
    changes.push(`${event.change}: ${faultText(event)}`);
    if (changes.length === 2) break;
    await killWires(server.host);
  }
  expect(changes).toEqual([
    'applied: loss 0 %',
    'healed: loss 0 %; its wire was killed, and the packets that it held back are lost',
  ]);
  await told;
  await expect(fault.report()).rejects.toMatchObject({ code: 'NO_FAULT', message });
  expect(await fault.heal()).toEqual([]);
  await lab.heal();
});

test('a wire whose program was killed is told by "faults" until it is healed', async () => {
  const { lab, server, client } = pair;
  await using watch = await lab.watch({ hosts: [server.host.name], calls: false });
  const watched = new Watched(watch);
  const changes = () =>
    watched.of('fault').map(({ change, isWireKilled = false }) => `${change} ${isWireKilled}`);
  const fault = await lab.impair({ kind: 'partition', ...there, bothWays: false });
  await expect.poll(changes).toEqual(['applied false']);
  await killWirePrograms(server.host);

  const words = /a wire was killed at udp-echo-server: its faults ended then/;
  const faults = async () => (await commandLine(lab.name, 'faults')).stdout.replace(/\s+/g, ' ');
  await expect.poll(faults).toMatch(words);
  expect(await faults()).not.toContain('no faults');
  await expect.poll(changes).toEqual(['applied false', 'healed true']);
  await burst(client, server.host.ipv4 ?? '', { text: 'passes', count: 1 });
  await expect.poll(() => arrivals(server, 'passes')).toEqual(['passes 1']);
  await expect(fault.report()).rejects.toMatchObject({ code: 'NO_FAULT' });

  const { stdout } = await commandLine(lab.name, 'heal', server.host.name);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(words);
  await watch.stop();
  await expectNothingLeft(lab, [server.host]);
});

test('a wire whose program was killed gives way to the wire of the next fault', async () => {
  const { lab, server } = pair;
  await lab.impair({ kind: 'partition', ...there, bothWays: false });
  await killWirePrograms(server.host);
  await using loss = await lab.impair({ kind: 'loss', ...there, percent: 0 });
  expect(await lab.faults()).toMatchObject({ paths: [{ id: loss.id }] });
});

test('a fault is reported as outdated when the addresses of its sender have changed', async () => {
  const { lab } = pair;
  const standby = (name: string) =>
    lab.startHost(name, { ...ours('udp-client'), entrypoint: ['sleep', 'infinity'] });
  const [one, two] = [await standby('one'), await standby('two')];
  const { ipv4 } = one;
  await using _loss = await lab.impair({ kind: 'loss', from: 'one', to: there.to, percent: 100 });
  expect((await lab.faults()).paths[0]?.directions[0]).not.toHaveProperty('isOutdated');
  for (const host of [one, two]) await host.stop({ timeoutMs: 0 });
  for (const host of [two, one]) await host.start();
  // The engine gives the lowest address that is free.
  expect(two.ipv4).toBe(ipv4);
  expect((await lab.faults()).paths).toMatchObject([
    { directions: [{ from: 'one', isOutdated: true }] },
  ]);
  const { stdout } = await commandLine(lab.name, 'faults');
  expect(stdout).toMatch(/^loss-[0-9a-f]{4} is out of date: one has another address now/m);
});

const endings = [
  { what: 'was started again', action: (host: Host) => host.restart({ timeoutMs: 0 }) },
  { what: 'has ended', action: (host: Host) => host.kill() },
];

test.for(endings)('a fault is reported as over when its receiver $what', async ({ action }) => {
  const { lab, client } = pair;
  const receiver = await lab.startHost('receiver', {
    ...ours('udp-client'),
    entrypoint: ['sleep', 'infinity'],
  });
  await using _receiver = { [Symbol.asyncDispose]: () => removeContainer(receiver.id) };
  const fault = await lab.impair({ kind: 'loss', from: there.from, to: 'receiver', percent: 100 });
  await burst(client, receiver.ipv4 ?? '', { text: 'lost', count: 3 });
  const direction = { status: { counters: { lost: 3 } } };
  const lost = { id: fault.id, directions: [direction] };
  await expect.poll(() => lab.faults()).toMatchObject({ paths: [lost] });
  await action(receiver);

  expect(await lab.faults()).toMatchObject({ paths: [], over: [lost] });
  const { stdout } = await commandLine(lab.name, 'faults');
  expect(stdout).toContain(
    `${fault.id} is over, as receiver has ended since: 100 % of 3 packets lost; break it again\n`,
  );
  if (receiver.hasNetwork) {
    await using _again = await lab.impair({
      kind: 'loss',
      from: there.from,
      to: 'receiver',
      percent: 0,
    });
    const { paths, over } = await lab.faults();
    expect({ paths: paths.length, over }).toEqual({ paths: 1 });
  } else {
    expect((await lab.heal([fault.id])).over).toMatchObject([lost]);
  }
  expect((await lab.faults()).over).toBeUndefined();
  expect(await fault.report()).toMatchObject([direction]);
});

test('a fault that is over at once counts as begun', async () => {
  const { lab } = pair;
  const args = ['break', 'loss', there.from, there.to, '--percent', '1', '--for', '1ms'];
  const { exitCode, stdout, stderr } = await commandLine(lab.name, ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('loss 1 %, for 0.001 s');
  expect(stdout).toMatch(/^healed loss-[0-9a-f]{4}: none of 0 packets lost\n$/m);
});

test.for(['its time is up', 'Ctrl-C'])(
  '"break --for" waits for its fault, and reports what it did when %s ends it',
  async (end) => {
    const { lab, server, client } = pair;
    const duration = end === 'Ctrl-C' ? '1h' : '10s';
    const args = ['break', 'loss', there.from, there.to, '--percent', '100', '--for', duration];
    const tool = new CommandLine(lab.name, args);
    await expect.poll(async () => (await lab.faults()).paths).toHaveLength(1);
    const lost = async () => (await lab.faults()).paths[0]?.directions[0].status.counters.lost ?? 0;
    const sendOne = () => burst(client, server.host.ipv4 ?? '', { text: end, count: 1 });
    await expect
      .poll(async () => {
        await sendOne();
        return lost();
      })
      .toBeGreaterThanOrEqual(3);
    if (end === 'Ctrl-C') tool.kill('SIGINT');
    const { exitCode, stdout, stderr } = await tool.ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^healed loss-[0-9a-f]{4}: 100 % of \d+ packets lost\n$/m);
    // A wire whose last fault ends by itself goes a moment later.
    await expect.poll(() => probesOf(server.host)).toEqual([]);
    await expectNothingLeft(lab, [server.host, client]);
  },
);
