/** How long faults last that end by themselves. */
import { expect, test } from 'vitest';
import { type Fault, Lab } from '../../lab/index.ts';
import { peer } from '../support/programs.ts';

const path = { from: 'near', to: 'far', bothWays: true } as const;
const ROUNDS = 5;

const matched = async (fault: Fault) =>
  (await fault.report()).map(({ status }) => status.counters.matched);

test('a partition of 200 ms lasts no longer, in both directions together', async () => {
  await using lab = await Lab.start();
  const options = peer('udp-numbered.ts');
  const near = await lab.startHost('near', { ...options, command: ['receive'] });
  const command = ['send', 'far', near.ipv4 ?? '', '500'];
  const far = await lab.startHost('far', { ...options, command, ready: 'running' });
  // Nobody receives these, which does not matter.
  const args = ['send', 'near', far.ipv4 ?? '', '500'];
  near.exec(['node', '/peer/udp-numbered.ts', ...args]).catch(() => {}); // ends with its host
  await using flows = await lab.impair({ kind: 'loss', percent: 0, ...path });
  await expect.poll(() => matched(flows)).not.toContain(0);

  const sums = [0, 0];
  const darkMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const fault = await lab.impair({ kind: 'partition', ...path, forMs: 200 });
    const fates = await Array.fromAsync(fault.fates());
    const lostNs = fates.flatMap(({ fate, atNs }) => (fate === 'lost' ? Number(atNs) : []));
    darkMs.push((Math.max(...lostNs) - Math.min(...lostNs)) / 1e6);
    for (const [way, count] of (await matched(fault)).entries())
      sums[way] = (sums[way] ?? 0) + count;
  }
  expect(sums).not.toContain(0);
  // A machine at work is late to tell of a packet, or late to send one: the best round shows how long the dark lasts.
  expect(Math.min(...darkMs)).toBeLessThanOrEqual(210);
  expect(Math.max(...darkMs)).toBeGreaterThan(100);
});
