/** How long faults last that end by themselves. */
import { expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { peer } from '../support/programs.ts';

test('a partition of 200 ms is dark for no longer, both ways together', async () => {
  await using lab = await Lab.start();
  const options = peer('udp-numbered.ts');
  const near = await lab.host('near', { ...options, command: ['receive'] });
  const far = await lab.host('far', {
    ...options,
    command: ['send', 'far', near.ipv4 ?? '', '500'],
    ready: 'running',
  });
  // Nobody receives these, which does not matter.
  const args = ['node', '/peer/udp-numbered.ts', 'send', 'near', far.ipv4 ?? '', '500'];
  const sending = near.exec(['timeout', '60', ...args]);
  sending.catch(() => {}); // it ends with its host

  for (let n = 0; n < 5; n += 1) {
    const fault = await lab.impair({ kind: 'partition', from: 'near', to: 'far', forMs: 200 });
    const fates = await Array.fromAsync(fault.fates());
    const atMs = fates.flatMap(({ fate, atNs }) =>
      fate === 'lost' ? Number(BigInt(atNs) / 1000n) / 1000 : [],
    );
    expect(Math.max(...atMs) - Math.min(...atMs)).toBeLessThanOrEqual(210);
    const [one, other] = await fault.report();
    for (const way of [one, other]) expect(way?.status.counters.lost).toBeGreaterThan(0);
  }
});
