import { afterAll, beforeAll, expect, test } from 'vitest';
import { HostWire } from '../../lab/faults/host-wire.ts';
import type { Fault } from '../../lab/index.ts';
import { families } from '../support/families.ts';
import { startLastingWire } from '../support/lasting-wire.ts';
import { probesOf } from '../support/remains.ts';
import {
  arrivals,
  burst,
  converse,
  sent,
  startUdpPair,
  type UdpPair,
} from '../support/services.ts';

/** All tests share the lab: that each works after the one before shows that healing leaves nothing. */
let pair: UdpPair & AsyncDisposable;
let lasting: Fault;
beforeAll(async () => {
  pair = await startUdpPair();
  lasting = await startLastingWire(pair.lab, there);
});
afterAll(() => pair?.[Symbol.asyncDispose]());

const there = { from: 'udp-client', to: 'udp-echo-server' } as const;

/** Sends a burst, and waits until all of it has come that is expected. */
async function arrived(
  text: string,
  count: number,
  { expected = count, address = 'ipv4' as 'ipv4' | 'ipv6' } = {},
): Promise<string[]> {
  const { server, client } = pair;
  await burst(client, server.host[address] ?? '', { text, count });
  await expect.poll(() => arrivals(server, text)).toHaveLength(expected);
  return arrivals(server, text);
}

test('30 percent loss makes the client try again, and it gets every echo', async () => {
  const { lab, server, client } = pair;
  const env = { SERVER_HOST: server.ipv4, COUNT: 40, INTERVAL_MS: 0, TIMEOUT_MS: 10_000 };
  const before = await converse(client, env);
  expect(before.events.filter(({ event }) => event === 'silence')).toEqual([]);

  await using loss = await lab.impair({ kind: 'loss', ...there, percent: 30, seed: 'thirty' });
  const during = await converse(client, { ...env, TIMEOUT_MS: 40, RETRIES: 10 });
  expect(during.events.filter(({ event }) => event === 'failed')).toEqual([]);
  expect(during.events.filter(({ event }) => event === 'received')).toHaveLength(40);
  const silences = during.events.filter(({ event }) => event === 'silence').length;
  expect(silences).toBeGreaterThan(0);
  const [report] = await loss.report();
  expect(report?.status.achieved.lossPercent).toBeGreaterThan(12);
  expect(report?.status.achieved.lossPercent).toBeLessThan(48);
  expect(report?.status.counters.lost).toBeLessThanOrEqual(silences);

  await loss.heal();
  const after = await converse(client, env);
  expect(after.events.filter(({ event }) => event === 'silence')).toEqual([]);
});

test.for(families)('a delay of 150 ms over %s is added to the round trip', async (family) => {
  const { lab, server, client } = pair;
  const [, FAMILY] = family;
  // The shortest of some: any may have waited for a processor.
  const roundTrip = async () => {
    const env = { SERVER_HOST: server.host.name, FAMILY, COUNT: 3, TIMEOUT_MS: 60_000 };
    const { events } = await converse(client, { ...env, INTERVAL_MS: 0 });
    return Math.min(...events.flatMap(({ roundTripMs }) => roundTripMs ?? []));
  };
  expect(await roundTrip()).toBeLessThan(150);
  await using delay = await lab.impair({ kind: 'delay', ...there, delayMs: 150 });
  expect(await roundTrip()).toBeGreaterThanOrEqual(150);
  const [report] = await delay.report();
  expect(report?.status.achieved.meanDelayMs).toBeGreaterThanOrEqual(150);
  await delay.heal();
  expect(await roundTrip()).toBeLessThan(150);
});

test('a delay both ways counts twice', async () => {
  const { lab, server, client } = pair;
  await using _delay = await lab.impair({ kind: 'delay', ...there, delayMs: 100, bothWays: true });
  const { events } = await converse(client, { SERVER_HOST: server.host.name, TIMEOUT_MS: 5000 });
  const received = events.find(({ event }) => event === 'received');
  expect(received?.roundTripMs).toBeGreaterThanOrEqual(200);
});

test.for(families)('a duplicated datagram over %s arrives twice', async ([name, , address]) => {
  const { lab, server, client } = pair;
  const send = (text: string) => burst(client, server.host[address] ?? '', { text, count: 2 });
  const texts = ['before', 'during', 'after'].map((phase) => `${phase} ${name}`) as [
    string,
    string,
    string,
  ];

  await send(texts[0]);
  await expect.poll(() => arrivals(server, texts[0])).toEqual(sent(texts[0], 2));
  {
    await using _twice = await lab.impair({ kind: 'duplicate', ...there, percent: 100 });
    await send(texts[1]);
    const twice = sent(texts[1], 2).flatMap((text) => [text, text]);
    await expect.poll(() => arrivals(server, texts[1]).sort()).toEqual(twice);
  }
  await send(texts[2]);
  await expect.poll(() => arrivals(server, texts[2])).toEqual(sent(texts[2], 2));
});

test.for(families)(
  'reordering over %s changes the order of datagrams, and loses none',
  async (family) => {
    const [name, , address] = family;
    // The server sums its log up above 100 events a second.
    const count = 16;
    const send = (text: string) => arrived(text, count, { address });
    expect(await send(`${name} in order`)).toEqual(sent(`${name} in order`, count));
    {
      const settings = { percent: 30, behind: 2, seed: 'mixed' };
      await using reorder = await pair.lab.impair({ kind: 'reorder', ...there, ...settings });
      const mixed = await send(`${name} mixed`);
      expect(mixed).not.toEqual(sent(`${name} mixed`, count));
      expect(new Set(mixed)).toEqual(new Set(sent(`${name} mixed`, count)));
      const [report] = await reorder.report();
      expect(report?.status.counters.lost).toBe(0);
    }
    expect(await send(`${name} again`)).toEqual(sent(`${name} again`, count));
  },
);

test('hidden corruption reaches the application: one byte differs', async () => {
  const TEXT = 'This is what was sent';
  const count = 5;
  {
    const settings = { percent: 100, fixChecksum: true };
    await using _corrupt = await pair.lab.impair({ kind: 'corrupt', ...there, ...settings });
    const { server, client } = pair;
    const already = server.log.events('echoed').length;
    await burst(client, server.host.ipv4 ?? '', { text: TEXT, count });
    await expect.poll(() => server.log.events('echoed').length - already).toBe(count);
    const texts = server.log.events('echoed').slice(already);
    for (const [n, text] of sent(TEXT, count).entries()) {
      // Where the other byte cannot be shown as it is, what is logged stands for it.
      expect(texts[n]?.text).not.toBe(text);
      expect(texts[n]?.bytes).toBe(Buffer.byteLength(`Echo: ${text}`));
    }
  }
  expect(await arrived('whole again', 2)).toEqual(sent('whole again', 2));
});

// Sockets that are closed by then answer echoes with ICMP, which crosses the path, too.
const limited = [
  { what: 'the first 3', limits: { first: 3, protocol: 'udp' }, lost: [1, 2, 3] },
  { what: 'every fourth', limits: { every: 4, protocol: 'udp' }, lost: [4, 8] },
  { what: 'every third, twice', limits: { every: 3, first: 2, protocol: 'udp' }, lost: [3, 6] },
  { what: 'UDP', limits: { protocol: 'udp' }, lost: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
  { what: 'TCP', limits: { protocol: 'tcp' }, lost: [] },
  { what: 'this port', limits: { port: 50_000 }, lost: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
  { what: 'another port', limits: { port: 50_001 }, lost: [] },
] as const;

test.for(limited)('a loss that is limited to $what loses no other datagram', async (limit) => {
  const text = `limited to ${limit.what}:`;
  await using loss = await pair.lab.impair({
    kind: 'loss',
    ...there,
    percent: 100,
    ...limit.limits,
  });
  const passing = sent(text, 10).filter((_, n) => !limit.lost.some((lost) => lost === n + 1));
  expect(await arrived(text, 10, { expected: passing.length })).toEqual(passing);
  await expect
    .poll(async () => (await loss.report())[0]?.status.counters.lost)
    .toBe(limit.lost.length);
});

test('two faults compose, in the order in which they were begun', async () => {
  const { lab, server, client } = pair;
  const protocol = 'udp';
  await using first = await lab.impair({
    kind: 'loss',
    ...there,
    percent: 100,
    every: 2,
    protocol,
  });
  await using second = await lab.impair({ kind: 'duplicate', ...there, percent: 100, protocol });
  const idsNow = async () => (await lab.faults()).paths.map(({ id }) => id);
  expect(await idsNow()).toEqual([lasting, first, second].map(({ id }) => id));
  await burst(client, server.host.ipv4 ?? '', { text: 'composed', count: 4 });
  await expect
    .poll(() => arrivals(server, 'composed').sort())
    .toEqual(['composed 1', 'composed 1', 'composed 3', 'composed 3']);
  expect((await first.report())[0]?.status.counters).toMatchObject({ matched: 2, lost: 2 });
  expect((await second.report())[0]?.status.counters).toMatchObject({ matched: 2, copies: 2 });

  await first.heal();
  expect(await idsNow()).toEqual([lasting, second].map(({ id }) => id));
  await burst(client, server.host.ipv4 ?? '', { text: 'duplicated', count: 1 });
  await expect.poll(() => arrivals(server, 'duplicated')).toHaveLength(2);
});

test('a fault is listed from when it has an effect, not from when it is prepared', async () => {
  const { lab, server } = pair;
  const settings = { kind: 'partition', id: 'soon' } as const;
  const prepared = await HostWire.prepare(server.host, settings);
  const idsNow = async () => (await lab.faults()).paths.map(({ id }) => id);
  expect(await idsNow()).not.toContain('soon');
  await prepared.begin(prepared.clockNs());
  expect(await idsNow()).toContain('soon');
  await prepared.heal();
  expect(await idsNow()).not.toContain('soon');
});

test('the same seed and the same traffic give the same fates, and another seed gives others', async () => {
  const { lab, server, client } = pair;
  const count = 60;
  const survivors = async (text: string, seed: string) => {
    const protocol = 'udp';
    await using loss = await lab.impair({ kind: 'loss', ...there, percent: 50, seed, protocol });
    await burst(client, server.host.ipv4 ?? '', { text, count });
    const counters = async () => (await loss.report())[0]?.status.counters;
    await expect.poll(async () => (await counters())?.matched).toBe(count);
    const lost = (await counters())?.lost ?? 0;
    await expect.poll(() => arrivals(server, text)).toHaveLength(count - lost);
    return arrivals(server, text).map((arrival) => arrival.slice(text.length));
  };
  const once = await survivors('once', 'seven');
  expect(once.length).toBeGreaterThan(10);
  expect(once.length).toBeLessThan(50);
  {
    // What else there is on the host does not matter.
    await using _other = await lab.impair({ kind: 'loss', ...there, percent: 100, port: 1 });
    expect(await survivors('again', 'seven')).toEqual(once);
  }
  expect(await survivors('otherwise', 'eight')).not.toEqual(once);
});

test('a fault that is limited in time heals itself, and its wire ends; healing it again is no failure', async () => {
  const { lab, server, client } = pair;
  await lasting.heal();
  await using loss = await lab.impair({ kind: 'loss', ...there, percent: 100, forMs: 6000 });
  await burst(client, server.host.ipv4 ?? '', { text: 'too early', count: 3 });
  await expect.poll(async () => (await lab.faults()).paths).toEqual([]);

  expect(await arrived('late enough', 3)).toEqual(sent('late enough', 3));
  expect(arrivals(server, 'too early')).toEqual([]);
  await expect.poll(() => probesOf(server.host)).toEqual([]);
  for (const asked of [loss.report(), loss.heal()]) {
    expect(await asked).toMatchObject([{ status: { counters: { matched: 3, lost: 3 } } }]);
  }
});
