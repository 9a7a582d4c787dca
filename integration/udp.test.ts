import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { families } from './support/families.ts';
import { Lab } from './support/lab.ts';
import { probe } from './support/probe.ts';

const MESSAGE = 'Grüße, 世界! 👋';
const PREFIX = Buffer.from('Echo: ');

test.for(families)('the echo crosses %s byte for byte, between two hosts', async (family) => {
  const [, FAMILY, address] = family;
  await using lab = await Lab.start();
  const server = await lab.host('udp-echo-server', { env: { HOST: '::' } });
  const env = { SERVER_HOST: server.name, FAMILY, MESSAGE, TIMEOUT_MS: 5000 };
  const client = await server.whilePaused(() => lab.host('udp-client', { env }));

  expect(await client.exitCode()).toBe(0);
  const [received] = client.events('received');
  const bytes = Buffer.byteLength(`Echo: ${MESSAGE}`);
  expect(received).toMatchObject({ text: `Echo: ${MESSAGE}`, bytes, tries: 1 });
  expect(received?.peer).toMatchObject({ address: server[address], port: 50_000 });
  const echoed = await server.event('echoed');
  expect(echoed).toMatchObject({ text: MESSAGE, bytes });
  expect(echoed.peer).toEqual({ address: client[address], port: received?.local?.port });
});

// 1,472 bytes are the most that cross an Ethernet in one piece, 65,507 the most that a datagram over IPv4 holds.
const datagrams = [0, 1, 1024, 1025, 1473, 65_507].map(noise);

test.for([1024, 65_501])(
  'the first %i bytes of a datagram are echoed, whatever they are, when that is BUFFER_SIZE',
  async (BUFFER_SIZE) => {
    await using lab = await Lab.start();
    const server = await lab.host('udp-echo-server', { env: { BUFFER_SIZE } });
    const { replies } = await probe(lab, server, datagrams);

    const echoes = datagrams.map((datagram) => echoOf(datagram.subarray(0, BUFFER_SIZE)));
    expect(replies.map(({ bytes }) => digest(bytes))).toEqual(echoes.map(digest));
    const tooLong = datagrams.map(({ length }) => length).filter((length) => length > BUFFER_SIZE);
    await server.event('echoed', datagrams.length);
    expect(server.events('cut').map(({ bytes }) => bytes)).toEqual(tooLong);
  },
);

test.for(families)(
  'over %s the reply comes from where the datagram went, and goes to where it came from',
  async (family) => {
    const [, , address] = family;
    await using lab = await Lab.start();
    const server = await lab.host('udp-echo-server', { env: { HOST: '::' } });
    const { replies, host } = await probe(lab, server, [Buffer.from(MESSAGE)], address);

    expect(replies).toMatchObject([{ from: { address: server[address], port: 50_000 } }]);
    const echoed = await server.event('echoed');
    expect(echoed.peer).toEqual({ address: host[address], port: replies[0]?.port });
  },
);

test('50 exchanges at once all get their own echo', async () => {
  const datagrams = Array.from({ length: 50 }, (_, n) => Buffer.from(`${MESSAGE} No. ${n}`));
  await using lab = await Lab.start();
  const server = await lab.host('udp-echo-server');
  const { replies } = await probe(lab, server, datagrams);

  expect(replies.map(({ bytes }) => bytes.toString())).toEqual(
    datagrams.map((datagram) => `Echo: ${datagram}`),
  );
  const ports = new Set(replies.map(({ port }) => port));
  expect(ports.size).toBe(50);
});

test('a server that is told to stop says so and ends with exit code 0', async () => {
  await using lab = await Lab.start();
  const server = await lab.host('udp-echo-server');
  await server.signal('SIGTERM');

  expect(await server.exitCode()).toBe(0);
  expect(server.events('stopping')).toHaveLength(1);
});

test('a client that is told to stop in an exchange waits for its echo, and has no other', async () => {
  await using lab = await Lab.start();
  const server = await lab.peer('udp-server.ts', { env: { HOLD: 1 } });
  const env = { SERVER_HOST: server.ipv4, COUNT: 0, INTERVAL_MS: 0, TIMEOUT_MS: 60_000, MESSAGE };
  const client = await lab.host('udp-client', { env });
  await server.line(/datagram/);
  await client.signal('SIGTERM');
  await client.event('stopping');
  await server.signal('SIGUSR2');

  expect(await client.exitCode()).toBe(0);
  expect(client.lines.map((line) => JSON.parse(line).event)).toEqual([
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
