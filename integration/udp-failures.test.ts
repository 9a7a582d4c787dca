import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { families } from './support/families.ts';
import { jsonLines, type LogEvent } from './support/log.ts';
import {
  converse,
  type Service,
  startPeer,
  startService,
  startStandby,
} from './support/services.ts';

let lab: Lab;
let elsewhere: Service;
let client: Host;
beforeAll(async () => {
  lab = await Lab.start();
  [elsewhere, client] = await Promise.all([
    startService(lab, 'udp-echo-server', { PORT: 50_001 }),
    startStandby(lab, 'udp-client'),
  ]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const named = (events: readonly LogEvent[], name: string) =>
  events.filter(({ event }) => event === name);

test.for(families)(
  'over %s a port without a listener is refused, and the client does not try again',
  async (family) => {
    const [, FAMILY] = family;
    const env = { SERVER_HOST: elsewhere.name, FAMILY, TIMEOUT_MS: 60_000 };
    const { exitCode, events } = await converse(client, env);

    expect(exitCode).toBe(1);
    const sentence = `Connection refused by ${elsewhere.name}:50000. Is the server running?`;
    expect(named(events, 'failed').map(({ msg }) => msg)).toEqual([sentence]);
    expect(named(events, 'sent')).toHaveLength(1);
  },
);

test('a silent server is asked RETRIES more times, then the client prints one clear line and exits with 1', async () => {
  const server = await startPeer(lab, 'udp-server.ts', { IGNORE: 100 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 100, RETRIES: 2 };
  const { exitCode, events } = await converse(client, env);

  expect(exitCode).toBe(1);
  expect(named(events, 'sent').map(({ tries }) => tries)).toEqual([1, 2, 3]);
  await expect.poll(() => jsonLines(server.log.lines)).toHaveLength(3);
  expect(named(events, 'failed').map(({ msg }) => msg)).toEqual([
    `No echo from ${server.ipv4}:50000 to any of 3 tries. Is the server running?`,
  ]);
});

test('a lost datagram is sent again, until its echo comes', async () => {
  const server = await startPeer(lab, 'udp-server.ts', { IGNORE: 2 });
  const { exitCode, events } = await converse(client, {
    SERVER_HOST: server.ipv4,
    TIMEOUT_MS: 500,
  });

  expect(exitCode).toBe(0);
  expect(named(events, 'silence')).toHaveLength(2);
  expect(named(events, 'received')).toMatchObject([{ text: 'Echo: Hello, UDP World!', tries: 3 }]);
});

test('a truncated echo is not taken for the echo', async () => {
  const server = await startService(lab, 'udp-echo-server', { BUFFER_SIZE: 4 });
  const env = { SERVER_HOST: server.ipv4, MESSAGE: 'Hello', TIMEOUT_MS: 1000, RETRIES: 0 };
  const { exitCode, events } = await converse(client, env);

  expect(exitCode).toBe(1);
  expect(named(events, 'mismatch')).toMatchObject([{ text: 'Echo: Hell' }]);
  expect(named(events, 'received')).toEqual([]);
  expect(named(events, 'failed').map(({ msg }) => msg)).toEqual([
    `${server.ipv4}:50000 answers, but not with the echo of the message. Does it echo, and is its buffer large enough?`,
  ]);
});
