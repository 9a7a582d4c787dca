/** Faults that somebody else heals, while a test still holds on to them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
