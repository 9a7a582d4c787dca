/**
 * What faults do to a stream over TCP: every byte arrives, whatever happens to the packets; what that costs the kernels of both
 * hosts have counted. What a kernel sends at a time is many times larger than the line allows, until it is cut up (GSO): that
 * too must pass the wire.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Counters, ImpairmentSettings } from '../../lab/index.ts';
import {
  type BulkPair,
  kernelCounts,
  startBulkPair,
  type Upload,
  upload,
} from '../support/bulk.ts';
import { families } from '../support/families.ts';

let pair: BulkPair;
beforeAll(async () => {
  pair = await startBulkPair();
  // So that the wire stays from test to test.
  await pair.lab.impair({ kind: 'loss', ...there, percent: 0 });
});
afterAll(() => pair[Symbol.asyncDispose]());

const MIB = 2 ** 20;
const there = { from: 'client', to: 'server' } as const;

interface Row {
  readonly impairment: ImpairmentSettings;
  /** What the wire counts. */
  readonly counter: keyof Counters;
  /** Where what it costs is seen: in a kernel's count, or in milliseconds. */
  readonly cost: { readonly at: 'client' | 'server'; readonly count: string } | 'ms';
  readonly least: number;
}

const rows: readonly Row[] = [
  {
    impairment: { kind: 'loss', percent: 1 },
    counter: 'lost',
    cost: { at: 'client', count: 'Tcp.RetransSegs' },
    least: 5,
  },
  {
    impairment: { kind: 'corrupt', percent: 1 },
    counter: 'corrupted',
    cost: { at: 'server', count: 'Tcp.InCsumErrors' },
    least: 5,
  },
  {
    impairment: { kind: 'reorder', percent: 5 },
    counter: 'reordered',
    cost: { at: 'server', count: 'TcpExt.TCPOFOQueue' },
    least: 20,
  },
  {
    impairment: { kind: 'duplicate', percent: 10 },
    counter: 'copies',
    cost: { at: 'client', count: 'TcpExt.TCPDSACKRecv' },
    least: 20,
  },
  // The handshake and the rest, at least 40 ms each.
  {
    impairment: { kind: 'delay', delayMs: 60, jitterMs: 20 },
    counter: 'delayed',
    cost: 'ms',
    least: 80,
  },
  // 5 MiB are 41,943 kbit.
  { impairment: { kind: 'rate', rateKbit: 50_000 }, counter: 'delayed', cost: 'ms', least: 800 },
];
const cases = rows.flatMap((row) =>
  families.map(([family, , address]) => ({ ...row, family, address })),
);

test.for(cases)(
  '$impairment.kind slows a stream over $family down, and costs it no byte',
  async ({ impairment, counter, cost, least, address }) => {
    const { lab, server, client } = pair;
    const counted = async () =>
      cost === 'ms' ? 0 : ((await kernelCounts(pair[cost.at])).get(cost.count) ?? Number.NaN);
    const before = await counted();
    await using fault = await lab.impair({ ...impairment, ...there, seed: 'bulk' });
    const { sent, received, ms } = await upload(client, server[address] ?? '', 5 * MIB);
    expect(received).toEqual(sent);
    expect((await fault.report())[0]?.status.counters[counter]).toBeGreaterThan(0);
    expect(cost === 'ms' ? ms : (await counted()) - before).toBeGreaterThan(least);
  },
);

test.for(families)('30 percent loss over %s causes retransmissions', async ([, , address]) => {
  const { lab, server, client } = pair;
  const to = server[address] ?? '';
  await using capture = await lab.capture(['client']);
  const events = Array.fromAsync(capture);
  const uploads: Upload[] = [await upload(client, to, 50_000)];
  {
    await using loss = await lab.impair({ kind: 'loss', ...there, percent: 30, seed: 'thirty' });
    uploads.push(await upload(client, to, 50_001));
    expect((await loss.report())[0]?.status.counters.lost).toBeGreaterThan(0);
  }
  uploads.push(await upload(client, to, 50_002));
  for (const { sent, received } of uploads) expect(received).toEqual(sent);
  await capture.stop();
  const bytesSent = Map.groupBy(
    (await events).filter(({ direction, packet }) => direction === 'out' && packet.tcp),
    ({ packet }) => packet.tcp?.sourcePort,
  );
  const again = [...bytesSent].map(([, sent], n) => {
    const total = sent.reduce((sum, { packet }) => sum + packet.payloadLength, 0);
    return total - (uploads[n]?.sent.bytes ?? 0);
  });
  expect(again[1]).toBeGreaterThan(5000);
  for (const n of [0, 2]) expect(again[n]).toBeLessThan(5000);
});

test.for(families)(
  'a stream over %s that is held goes on when the hold is healed',
  async ([, , address]) => {
    const { lab, server, client } = pair;
    const to = server[address] ?? '';
    expect((await upload(client, to, 1000)).received.bytes).toBe(1000);
    await using hold = await lab.impair({ kind: 'hold', ...there });
    let isDone = false;
    const held = upload(client, to, MIB).finally(() => {
      isDone = true;
    });
    await expect.poll(async () => (await hold.report())[0]?.status.waiting).toBeGreaterThan(0);
    expect(isDone).toBe(false);
    await hold.heal();
    const { sent, received } = await held;
    expect(received).toEqual(sent);
    expect((await upload(client, to, 1000)).received.bytes).toBe(1000);
  },
);

test.for(families)(
  'damage over %s that no checksum catches reaches the stream',
  async ([, , address]) => {
    const { lab, server, client } = pair;
    const to = server[address] ?? '';
    const settings = { percent: 100, every: 3, first: 5, fixChecksum: true } as const;
    const fault = await lab.impair({ kind: 'corrupt', ...there, ...settings });
    const { sent, received } = await upload(client, to, MIB);
    expect(received.bytes).toBe(sent.bytes);
    expect(received.hash).not.toBe(sent.hash);
    await fault.heal();
    const whole = await upload(client, to, MIB);
    expect(whole.received).toEqual(whole.sent);
  },
);

const limits = [{ protocol: 'udp' }, { port: 50_001 }, { protocol: 'tcp', port: 1 }] as const;

test.for(limits)(
  'a partition that is limited to %o leaves a stream over TCP to another port alone',
  async (limit) => {
    const { lab, server, client } = pair;
    await using partition = await lab.impair({ kind: 'partition', ...there, ...limit });
    const { sent, received } = await upload(client, server.ipv4 ?? '', 100_000);
    expect(received).toEqual(sent);
    const counters = (await partition.report()).map(({ status }) => status.counters.matched);
    expect(counters).toEqual([0, 0]);
  },
);
