/** Faults that keep packets back: they arrive, but not yet. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../lab/index.ts';
import { families } from '../support/families.ts';
import { startLastingWire } from '../support/lasting-wire.ts';
import { expectNothingLeft, NO_RULES, probesOf, rulesOf } from '../support/remains.ts';
import { arrivals, burst, sent, startUdpPair, type UdpPair } from '../support/services.ts';

let pair: UdpPair & AsyncDisposable;
let lasting: Fault;
beforeAll(async () => {
  pair = await startUdpPair();
  lasting = await startLastingWire(pair.lab, there);
});
afterAll(() => pair?.[Symbol.asyncDispose]());

const there = { from: 'udp-client', to: 'udp-echo-server' } as const;

test.for(families)('held datagrams over %s arrive when the fault is healed', async (family) => {
  const [name, , address] = family;
  const { lab, server, client } = pair;
  const to = server.host[address] ?? '';
  const text = `held over ${name}:`;
  await burst(client, to, { text: `before over ${name}:`, count: 2 });
  await expect.poll(() => arrivals(server, `before over ${name}:`)).toHaveLength(2);
  await using hold = await lab.impair({ kind: 'hold', ...there, protocol: 'udp' });
  await burst(client, to, { text, count: 5 });
  await expect.poll(async () => (await hold.report())[0]?.status.waiting).toBe(5);
  expect(arrivals(server, text)).toEqual([]);

  const [report] = await hold.heal();
  expect(report?.status.counters).toMatchObject({ held: 5, lost: 0 });
  await expect.poll(() => arrivals(server, text)).toEqual(sent(text, 5));
  await burst(client, to, { text: `free over ${name}:`, count: 2 });
  await expect.poll(() => arrivals(server, `free over ${name}:`)).toHaveLength(2);
});

test('each held packet meets the fate that is chosen for it', async () => {
  const { lab, server, client } = pair;
  await using hold = await lab.hold({ ...there, bothWays: false, protocol: 'udp' });
  await burst(client, server.host.ipv4 ?? '', { text: 'chosen', count: 4 });
  const decisions = ['deliver', 'drop', 'duplicate', 'deliver'] as const;
  for (const [n, decision] of decisions.entries()) {
    const held = await hold.next();
    expect(held).toMatchObject({ from: 'udp-client', to: 'udp-echo-server' });
    expect(held?.packet.udp?.destinationPort).toBe(50_000);
    expect(Buffer.from(held?.packet.bytes ?? '', 'base64').toString()).toContain(`chosen ${n + 1}`);
    await held?.[decision]();
  }
  const expected = ['chosen 1', 'chosen 3', 'chosen 3', 'chosen 4'];
  await expect.poll(() => arrivals(server, 'chosen').sort()).toEqual(expected);
});

test.for(families)('a slow line over %s takes longer for the same bytes', async (family) => {
  const [name, , address] = family;
  const { lab, server, client } = pair;
  /** Milliseconds from before the first datagram was sent until the last one came: the server may see the first one late. */
  const transferMs = async (): Promise<number> => {
    const text = `over ${name}`;
    const begunMs = Date.now();
    await burst(client, server.host[address] ?? '', { text, count: 11, bytes: 972 });
    await expect.poll(() => arrivals(server, text)).toEqual(sent(text, 11));
    const times = server.log
      .events('echoed')
      .filter((event) => event.text?.startsWith(text))
      .map(({ time }) => Date.parse(time));
    return Math.max(...times) - begunMs;
  };
  // 10 packets of 1,000 bytes with their headers, at 160 kbit/s: half a second.
  {
    await using rate = await lab.impair({ kind: 'rate', ...there, rateKbit: 160 });
    expect(await transferMs()).toBeGreaterThan(400);
    const [report] = await rate.report();
    // Less, where the wire waits for a processor.
    expect(report?.status.achieved.rateKbit).toBeGreaterThan(80);
    expect(report?.status.achieved.rateKbit).toBeLessThan(200);
  }
});

test('what finds the queue of a slow line full is lost', async () => {
  const { lab, server, client } = pair;
  await using rate = await lab.impair({
    kind: 'rate',
    ...there,
    rateKbit: 80,
    queuePackets: 3,
    protocol: 'udp',
  });
  await burst(client, server.host.ipv4 ?? '', { text: 'too much', count: 20, bytes: 972 });
  const counters = async () => (await rate.report())[0]?.status.counters;
  await expect.poll(async () => (await counters())?.matched).toBe(20);
  const lost = (await counters())?.lost ?? 0;
  expect(lost).toBeGreaterThan(5);
  await expect.poll(() => arrivals(server, 'too much')).toHaveLength(20 - lost);
});

const kinds = [
  { kind: 'loss', percent: 100 },
  { kind: 'delay', delayMs: 5000 },
  { kind: 'hold' },
  { kind: 'partition' },
] as const;

test.for(kinds)('a $kind that its scope has ended leaves nothing', async (impairment) => {
  const { lab, server, client } = pair;
  await lasting.heal();
  const text = `after ${impairment.kind}`;
  {
    await using _fault = await lab.impair({ ...impairment, ...there });
    expect(await probesOf(server.host)).toEqual(['wire']);
    expect((await rulesOf(server.host)).length).toBeGreaterThan(NO_RULES.length);
    await burst(client, server.host.ipv4 ?? '', { text: 'on its way', count: 1 });
  }
  await expectNothingLeft(lab, [server.host, client]);
  await burst(client, server.host.ipv4 ?? '', { text, count: 1 });
  await expect.poll(() => arrivals(server, text)).toHaveLength(1);
});
