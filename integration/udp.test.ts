import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { families } from './support/families.ts';
import { jsonLines, type LogEvent } from './support/log.ts';
import { probe } from './support/probe.ts';
import {
  converse,
  type Service,
  startPeer,
  startService,
  startStandby,
} from './support/services.ts';

const MESSAGE = 'Grüße, 世界! 👋';
const PREFIX = Buffer.from('Echo: ');

let lab: Lab;
let server: Service;
let client: Host;
beforeAll(async () => {
  lab = await Lab.start();
  [server, client] = await Promise.all([
    startService(lab, 'udp-echo-server'),
    startStandby(lab, 'udp-client'),
  ]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test('a client that is started gets its echo, and ends with 0', async () => {
  const started = await startService(lab, 'udp-client', { SERVER_HOST: server.name, MESSAGE });
  expect(await started.exitCode()).toBe(0);
  expect(started.log.events('received')).toMatchObject([{ text: `Echo: ${MESSAGE}` }]);
});

test.for(families)('the echo crosses %s byte for byte, between two hosts', async (family) => {
  const [, FAMILY, address] = family;
  const env = { SERVER_HOST: server.name, FAMILY, MESSAGE, TIMEOUT_MS: 60_000 };
  const { exitCode, events } = await converse(client, env);

  expect(exitCode).toBe(0);
  const received = events.find(({ event }) => event === 'received');
  const bytes = Buffer.byteLength(`Echo: ${MESSAGE}`);
  expect(received).toMatchObject({ text: `Echo: ${MESSAGE}`, bytes, tries: 1 });
  expect(received?.peer).toMatchObject({ address: server[address], port: 50_000 });
  const echoed = await server.log.eventOf('echoed', received?.local?.port);
  expect(echoed).toMatchObject({ text: MESSAGE, bytes });
  expect(echoed.peer?.address).toBe(client[address]);
});

// 1,472 bytes are the most that cross an Ethernet in one piece, 65,507 the most that a datagram over IPv4 holds.
const datagrams = [0, 1, 1024, 1025, 1473, 65_507].map(noise);

test.for([1024, 65_501])(
  'the first %i bytes of a datagram are echoed, whatever they are, when that is BUFFER_SIZE',
  async (BUFFER_SIZE) => {
    const cutting = await startService(lab, 'udp-echo-server', { BUFFER_SIZE });
    const replies = await probe(client, cutting.ipv4, datagrams);

    const echoes = datagrams.map((datagram) => echoOf(datagram.subarray(0, BUFFER_SIZE)));
    expect(replies.map(({ bytes }) => digest(bytes))).toEqual(echoes.map(digest));
    const tooLong = datagrams.map(({ length }) => length).filter((length) => length > BUFFER_SIZE);
    await cutting.log.event('echoed', datagrams.length);
    expect(cutting.log.events('cut').map(({ bytes }) => bytes)).toEqual(tooLong);
  },
);

test.for(families)(
  'over %s the reply has the addresses of the datagram, swapped',
  async (family) => {
    const [, , address] = family;
    const replies = await probe(client, server[address], [Buffer.from(MESSAGE)]);

    expect(replies).toMatchObject([{ from: { address: server[address], port: 50_000 } }]);
    const echoed = await server.log.eventOf('echoed', replies[0]?.port);
    expect(echoed.peer?.address).toBe(client[address]);
  },
);

test('50 exchanges at once all get their own echo', async () => {
  const datagrams = Array.from({ length: 50 }, (_, n) => Buffer.from(`${MESSAGE} No. ${n}`));
  const replies = await probe(client, server.ipv4, datagrams);

  expect(replies.map(({ bytes }) => bytes.toString())).toEqual(
    datagrams.map((datagram) => `Echo: ${datagram}`),
  );
  const ports = new Set(replies.map(({ port }) => port));
  expect(ports.size).toBe(50);
});

test('a server that is told to stop says so and ends with exit code 0', async () => {
  const stopped = await startService(lab, 'udp-echo-server');
  await stopped.host.kill('SIGTERM');

  expect(await stopped.exitCode()).toBe(0);
  expect(stopped.log.events('stopping')).toHaveLength(1);
});

test('a client that is told to stop during an exchange waits for its echo, and begins no other', async () => {
  const holding = await startPeer(lab, 'udp-server.ts', { HOLD: 1 });
  const env = { SERVER_HOST: holding.ipv4, COUNT: 0, INTERVAL_MS: 0, TIMEOUT_MS: 60_000, MESSAGE };
  const stopped = await startService(lab, 'udp-client', env);
  await holding.log.line(/datagram/);
  await stopped.host.kill('SIGTERM');
  await stopped.log.event('stopping');
  await holding.host.kill('SIGUSR2');

  expect(await stopped.exitCode()).toBe(0);
  expect(jsonLines<LogEvent>(stopped.log.lines).map(({ event }) => event)).toEqual([
    'sent',
    'stopping',
    'received',
  ]);
});

/** Bytes of every value, the same for the same length in every run. */
function noise(length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(String(length)).digest();
}

function echoOf(datagram: Buffer): Buffer {
  return Buffer.concat([PREFIX, datagram]);
}

/** Stands for bytes that are too many to be shown when they are not what was expected. */
function digest(bytes: Buffer): string {
  return `${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex')}`;
}
