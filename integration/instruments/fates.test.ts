/** What becomes of each packet, as events. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FateEvent, Fault } from '../../lab/index.ts';
import { startLastingWire } from '../support/lasting-wire.ts';
import { arrivals, burst, sent, startUdpPair, type UdpPair } from '../support/services.ts';

let pair: UdpPair & AsyncDisposable;
let lasting: Fault;
beforeAll(async () => {
  pair = await startUdpPair();
  lasting = await startLastingWire(pair.lab, there);
});
afterAll(() => pair[Symbol.asyncDispose]());

const there = { from: 'udp-client', to: 'udp-echo-server' } as const;

const told = [
  { impairment: { kind: 'loss', percent: 100 }, fates: ['lost'] },
  { impairment: { kind: 'loss', percent: 0 }, fates: ['delivered'] },
  { impairment: { kind: 'delay', delayMs: 20 }, fates: ['delayed', 'delivered'] },
  {
    impairment: { kind: 'duplicate', percent: 100 },
    fates: ['duplicated', 'delivered', 'delivered'],
  },
  { impairment: { kind: 'corrupt', percent: 100 }, fates: ['corrupted', 'delivered'] },
] as const;

test.for(told)('what $impairment does is an event that names the datagram', async (row) => {
  const { lab, server, client } = pair;
  await using fault = await lab.impair({ ...there, protocol: 'udp', ...row.impairment });
  const text = row.impairment.kind;
  await burst(client, server.host.ipv4 ?? '', { text, count: 3 });

  const events = await first(fault.fates(), 3 * row.fates.length);
  expect(events.map(({ fate }) => fate).sort()).toEqual([0, 0, 0].flatMap(() => row.fates).sort());
  for (const { kind, host, packet, atNs } of events) {
    expect({ kind, host }).toEqual({ kind: 'fate', host: server.host.name });
    expect(packet).toMatchObject({ from: client.ipv4, to: server.host.ipv4, protocol: 'udp' });
    expect(packet.toPort).toBe(50_000);
    expect(atNs).toMatch(/^\d{19}$/);
  }
});

test('every datagram is delivered or lost, and the events say which, from the first one on', async () => {
  const { lab, server, client } = pair;
  const count = 60;
  const settings = { kind: 'loss', percent: 50, seed: 'fates', protocol: 'udp' } as const;
  await using loss = await lab.impair({ ...there, ...settings });
  await burst(client, server.host.ipv4 ?? '', { text: 'fate', count });
  const events = await first(loss.fates(), count);
  expect(new Set(events.map(({ packet }) => packet.ipId)).size).toBe(count);
  const fates = events.map(({ fate }) => fate);
  const delivered = sent('fate', count).filter((_, n) => fates[n] === 'delivered');
  await expect.poll(() => arrivals(server, 'fate')).toEqual(delivered);
  expect(fates.filter((fate) => fate === 'lost')).toHaveLength(count - delivered.length);
  expect((await loss.report())[0]?.status.counters).toMatchObject({
    lost: count - delivered.length,
    delivered: delivered.length,
  });
});

const companies = [
  { company: 'alone', others: [] },
  { company: 'among others, which go on', others: ['one', 'another'] },
];

test.for(companies)('the events of a fault that is healed $company end', async ({ others }) => {
  const { lab, server, client } = pair;
  await lasting.heal();
  await using healing = new AsyncDisposableStack();
  for (const id of others) {
    healing.use(await lab.impair({ kind: 'duplicate', ...there, percent: 100, id }));
  }
  await using delay = await lab.impair({ kind: 'delay', ...there, delayMs: 60_000 });
  const listening = Array.fromAsync(delay.fates());
  await burst(client, server.host.ipv4 ?? '', { text: 'kept back', count: 1 });
  const delayed = async () => (await delay.report())[0]?.status.counters.delayed;
  await expect.poll(delayed).toBe(2 ** others.length);
  await delay.heal();
  const fates = (await listening).map(({ fate }) => fate);
  expect(fates.filter((fate) => fate === 'delayed')).toHaveLength(2 ** others.length);
  expect(fates.filter((fate) => fate === 'delivered')).toHaveLength(2 ** others.length);
});

test('a fault that reuses the id of an earlier one reports nothing of that', async () => {
  const { lab, server, client } = pair;
  const settings = { kind: 'loss', ...there, percent: 100, id: 'again' } as const;
  await using _other = await lab.impair({ kind: 'duplicate', ...there, percent: 0 });
  {
    await using earlier = await lab.impair(settings);
    await burst(client, server.host.ipv4 ?? '', { text: 'earlier', count: 2 });
    expect(await first(earlier.fates(), 2)).toHaveLength(2);
  }
  await using later = await lab.impair({ ...settings, percent: 0 });
  await burst(client, server.host.ipv4 ?? '', { text: 'later', count: 1 });
  expect((await first(later.fates(), 1)).map(({ fate }) => fate)).toEqual(['delivered']);
});

test('the fates of a fault that is over cannot be read, and a reader can stop', async () => {
  const { lab } = pair;
  await using loss = await lab.impair({ kind: 'loss', ...there, percent: 100 });
  expect(await Array.fromAsync(loss.fates(AbortSignal.abort()))).toEqual([]);
  const ending = new AbortController();
  const listening = Array.fromAsync(loss.fates(ending.signal));
  ending.abort();
  expect(await listening).toEqual([]);
  await loss.heal();
  await expect(Array.fromAsync(loss.fates())).rejects.toMatchObject({ code: 'NO_FAULT' });
});

/** So many of the events, without waiting for more. */
async function first(stream: AsyncIterable<FateEvent>, count: number): Promise<FateEvent[]> {
  const events: FateEvent[] = [];
  for await (const event of stream) if (events.push(event) === count) break;
  return events;
}
