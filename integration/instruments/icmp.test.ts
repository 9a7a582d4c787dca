/** Faults are for all that crosses their path: also for the ping with which everybody looks at one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../../lab/index.ts';
import { families } from '../support/families.ts';
import { startLastingWire } from '../support/lasting-wire.ts';
import { python } from '../support/programs.ts';

let lab: Lab;
let near: Host;
let far: Host;
beforeAll(async () => {
  lab = await Lab.start();
  const image = { ...python('udp_echo_server.py'), env: { HOST: '::' } };
  [near, far] = await Promise.all([lab.startHost('near', image), lab.startHost('far', image)]);
  await startLastingWire(lab, { ...path, bothWays: true });
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const path = { from: 'near', to: 'far' } as const;

/** How many milliseconds a ping took. */
async function ping(address: string | undefined): Promise<number> {
  const { stdout, stderr } = await near.exec(['python3', 'ping.py', address ?? '']);
  if (stdout.length === 0) throw new Error(`No answer: ${stderr}`);
  return Number(stdout);
}

test.for(families)('a delay both ways over %s delays a ping twice', async ([, , address]) => {
  const pinged = () => ping(far[address]);
  // Any ping may have waited for a processor, but not all of them.
  await expect.poll(pinged).toBeLessThan(400);
  {
    await using _delay = await lab.impair({ kind: 'delay', ...path, delayMs: 200, bothWays: true });
    expect(await pinged()).toBeGreaterThanOrEqual(400);
  }
  await expect.poll(pinged).toBeLessThan(400);
});

test.for(families)(
  'over %s a fault for TCP or UDP spares a ping, and one for ICMP spares everything else',
  async ([, , address]) => {
    for (const protocol of ['tcp', 'udp'] as const) {
      await using cut = await lab.impair({ kind: 'partition', ...path, protocol });
      await ping(far[address]);
      expect((await cut.report()).map(({ status }) => status.counters.seen)).toEqual([0, 0]);
    }
    await using delay = await lab.impair({
      kind: 'delay',
      ...path,
      delayMs: 200,
      protocol: 'icmp',
    });
    expect(await ping(far[address])).toBeGreaterThanOrEqual(200);
    expect((await delay.report())[0]?.status.counters).toMatchObject({ seen: 1, matched: 1 });
  },
);
