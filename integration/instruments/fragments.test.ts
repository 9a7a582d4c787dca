/** Datagrams that cross the wire in fragments: a fault counts these, in both families alike (docs/faults.md). */
import { expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { families } from '../support/families.ts';
import { startLastingWire } from '../support/lasting-wire.ts';
import { peer } from '../support/programs.ts';
import { Service } from '../support/service.ts';
import { burst, startStandby } from '../support/services.ts';

const path = { from: 'udp-client', to: 'receiver' } as const;
/** Five packets on a line of 1,500 bytes, over IPv4 and over IPv6. */
const BYTES = 6000;
const FRAGMENTS = 5;

const cases = [
  // One that is lost takes the datagram along: 1 - 0.9^5 = 41 %.
  { fault: { kind: 'loss', percent: 10, seed: 'line' }, count: 600, arrive: 0.59, within: 0.04 },
  // It arrives twice when all five were copied.
  { fault: { kind: 'duplicate', percent: 100 }, count: 20, arrive: 2, within: 0 },
  // The first two, and two packets of the third.
  { fault: { kind: 'loss', percent: 100, first: 12 }, count: 20, arrive: 17 / 20, within: 0 },
  { fault: { kind: 'loss', percent: 100, every: 10 }, count: 20, arrive: 10 / 20, within: 0 },
] as const;

test('a fault counts the fragments of a datagram, over IPv4 as over IPv6', async () => {
  await using lab = await Lab.start();
  const command = ['receive'];
  const receiver = await Service.start(lab, 'receiver', { ...peer('udp-numbered.ts'), command });
  const client = await startStandby(lab, 'udp-client');
  await startLastingWire(lab, path);
  for (const [family, , address] of families) {
    for (const [n, { fault, count }] of cases.entries()) {
      await using begun = await lab.impair({ ...path, protocol: 'udp', ...fault });
      await burst(client, receiver[address], { text: `${family}-${n}`, count, bytes: BYTES });
      const seen = async () => (await begun.report())[0]?.status.counters.seen;
      await expect.poll(seen).toBe(count * FRAGMENTS);
    }
  }
  await receiver.host.stop();
  const received = JSON.parse(await receiver.log.line(/^\{/));
  for (const [family] of families) {
    for (const [n, { count, arrive, within }] of cases.entries()) {
      const share = received[`${family}-${n}`].received / count;
      expect(Math.abs(share - arrive), `${family}, case ${n}: ${share}`).toBeLessThanOrEqual(
        within,
      );
    }
  }
});
