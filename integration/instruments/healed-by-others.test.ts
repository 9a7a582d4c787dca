/** Faults that are no more what they were, while a test still holds on to them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { ours } from '../support/programs.ts';
import { startUdpPair, type UdpPair } from '../support/services.ts';

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
    await lab.heal(paths.map(({ id }) => id).filter((id) => id.includes('/hold-')));
    expect(await next).toBeUndefined();
  },
);

test('a fault that somebody else healed has nothing to report, and is healed again in vain', async () => {
  const { lab } = pair;
  const fault = await lab.impair({ kind: 'loss', ...there, percent: 0 });
  await lab.heal(fault.ids);
  await expect(fault.report()).rejects.toMatchObject({ code: 'NO_FAULT' });
  expect(await fault.heal()).toEqual([]);
});

test('a fault is told to be outdated when its sender has other addresses than it had', async () => {
  const { lab } = pair;
  const standby = (name: string) =>
    lab.host(name, { ...ours('udp-client'), entrypoint: ['sleep', 'infinity'] });
  const [one, two] = [await standby('one'), await standby('two')];
  const { ipv4 } = one;
  await using _loss = await lab.impair({ kind: 'loss', from: 'one', to: there.to, percent: 100 });
  for (const host of [one, two]) await host.stop({ timeoutMs: 0 });
  for (const host of [two, one]) await host.start();
  // The engine gives the lowest address that is free.
  expect(two.ipv4).toBe(ipv4);
  expect((await lab.faults()).paths).toMatchObject([{ from: 'one', isOutdated: true }]);
  const { stdout } = await commandLine(lab.name, 'faults');
  expect(stdout).toMatch(/^udp-echo-server\/loss-\d+ is out of date: one has another address now/m);
});

test('a fault that is over at once was begun all the same', async () => {
  const { lab } = pair;
  const args = ['break', 'loss', there.from, there.to, '--percent', '1', '--for', '1ms'];
  const { exitCode, stdout, stderr } = await commandLine(lab.name, ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('loss 1 %, for 0.001 s');
});
