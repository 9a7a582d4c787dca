/** What faults do to datagrams that fit into a packet, and to those that do not: these cross the wire as fragments. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, type ImpairmentSettings, Lab } from '../../lab/index.ts';
import { families } from '../support/families.ts';
import {
  type Conversation,
  converse,
  type Service,
  startService,
  startStandby,
} from '../support/services.ts';

let lab: Lab;
let server: Service;
let client: Host;
beforeAll(async () => {
  lab = await Lab.start();
  [server, client] = await Promise.all([
    startService(lab, 'udp-echo-server', { BUFFER_SIZE: 65_501 }),
    startStandby(lab, 'udp-client'),
  ]);
  // So that the wire stays from test to test.
  await lab.impair({ kind: 'loss', ...there, percent: 0 });
});
afterAll(() => lab[Symbol.asyncDispose]());

const there = { from: 'udp-client', to: 'udp-echo-server' } as const;
const COUNT = 10;

interface Case {
  readonly bytes: number;
  readonly family: string;
  readonly address: 'ipv4' | 'ipv6';
}
/** A packet takes at most 1,500 bytes. What fits is alike in both families; fragments are not. */
const cases: readonly Case[] = families.flatMap(([family, , address]) =>
  (address === 'ipv4' ? [8000] : [100, 8000]).map((bytes) => ({ bytes, family, address })),
);

/** Has echoes made of datagrams that are COUNT, each with its own content, and waits until the server has logged its part. */
async function talk({ address, bytes }: Case, env = {}): Promise<Talk> {
  const already = server.log.events('echoed').length;
  const SERVER_HOST = server.host[address] ?? '';
  const MESSAGE = 'Grüße! '.repeat(bytes).slice(0, bytes - 2);
  const settings = { SERVER_HOST, MESSAGE, COUNT, INTERVAL_MS: 0, TIMEOUT_MS: 5000 };
  const { events } = await converse(client, { ...settings, ...env });
  const of = (kind: string) => events.filter(({ event }) => event === kind);
  return { of, echoed: () => server.log.events('echoed').length - already };
}

interface Talk {
  readonly of: (kind: string) => Conversation['events'];
  readonly echoed: () => number;
}

/** As of datagrams on a path that nobody has broken. */
async function expectWell(one: Case): Promise<void> {
  const { of, echoed } = await talk(one);
  expect(of('received')).toHaveLength(COUNT);
  expect(of('silence')).toEqual([]);
  await expect.poll(echoed).toBe(COUNT);
}

/** Afterwards the path is whole, also for the case that comes next. */
async function impaired(
  impairment: ImpairmentSettings,
  one: Case,
  action: () => Promise<void>,
): Promise<void> {
  {
    await using _fault = await lab.impair({ ...impairment, ...there });
    await action();
  }
  await expectWell(one);
}

test.for(cases)('$bytes bytes over $family arrive', expectWell);

const title = (what: string) => `$bytes bytes over $family ${what}`;

test.for(cases)(title('are sent again when they are lost'), async (one) => {
  await impaired({ kind: 'loss', percent: 100, every: 13 }, one, async () => {
    const { of } = await talk(one, { COUNT: 15, TIMEOUT_MS: 150, RETRIES: 10 });
    expect(of('silence').length).toBeGreaterThan(0);
    expect(of('received')).toHaveLength(15);
  });
});

test.for(cases)(title('take longer by the delay and its jitter'), async (one) => {
  await impaired({ kind: 'delay', delayMs: 80, jitterMs: 60 }, one, async () => {
    const trips = (await talk(one)).of('received').map(({ roundTripMs = 0 }) => roundTripMs);
    expect(trips).toHaveLength(COUNT);
    expect(Math.min(...trips)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...trips) - Math.min(...trips)).toBeGreaterThan(5);
  });
});

test.for(cases)(title('arrive as often as they were duplicated'), async (one) => {
  await impaired({ kind: 'duplicate', percent: 100, copies: 2 }, one, async () => {
    const { of, echoed } = await talk(one);
    expect(of('received')).toHaveLength(COUNT);
    // All fragments of one are duplicated, and so it is.
    await expect.poll(echoed).toBe(3 * COUNT);
  });
});

test.for(cases)(title('do not arrive when they are damaged'), async (one) => {
  await impaired({ kind: 'corrupt', percent: 100 }, one, async () => {
    const { of, echoed } = await talk(one, { COUNT: 1, TIMEOUT_MS: 100, RETRIES: 1 });
    expect([of('sent').length, of('silence').length, of('received').length]).toEqual([2, 2, 0]);
    expect(echoed()).toBe(0);
  });
});

// The checksum is over the whole datagram: it cannot be corrected in a datagram that arrives in fragments, as over IPv6.
const whole = cases.filter(({ bytes, address }) => bytes < 1500 || address === 'ipv4');

test.for(whole)(title('arrive with other contents when the damage is hidden'), async (one) => {
  await impaired({ kind: 'corrupt', percent: 100, fixChecksum: true }, one, async () => {
    const { of, echoed } = await talk(one, { COUNT: 1, TIMEOUT_MS: 1500, RETRIES: 0 });
    expect(of('received')).toEqual([]);
    expect(of('mismatch').length).toBeGreaterThan(0);
    await expect.poll(echoed).toBe(of('sent').length);
  });
});
