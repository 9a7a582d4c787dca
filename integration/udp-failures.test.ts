import { expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { families } from './support/families.ts';
import { jsonLines } from './support/log.ts';
import { startPeer, startService } from './support/services.ts';

test.for(families)(
  'a port on which nobody listens refuses over %s, and the client does not try again',
  async (family) => {
    const [, FAMILY] = family;
    await using lab = await Lab.start();
    const server = await startService(lab, 'udp-echo-server', { PORT: 50_001 });
    const env = { SERVER_HOST: server.name, FAMILY, TIMEOUT_MS: 60_000 };
    const client = await startService(lab, 'udp-client', env);

    expect(await client.exitCode()).toBe(1);
    const sentence = `Connection refused by ${server.name}:50000. Is the server running?`;
    expect(client.log.events('failed').map(({ msg }) => msg)).toEqual([sentence]);
    expect(client.log.events('sent')).toHaveLength(1);
  },
);

test('a silent server is asked RETRIES times more, then there is one clear line and exit code 1', async () => {
  await using lab = await Lab.start();
  const server = await startPeer(lab, 'udp-server.ts', { IGNORE: 100 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 100, RETRIES: 2 };
  const client = await startService(lab, 'udp-client', env);

  expect(await client.exitCode()).toBe(1);
  expect(client.log.events('sent').map(({ tries }) => tries)).toEqual([1, 2, 3]);
  await expect.poll(() => jsonLines(server.log.lines)).toHaveLength(3);
  expect(client.log.events('failed').map(({ msg }) => msg)).toEqual([
    `No echo from ${server.ipv4}:50000 to any of 3 tries. Is the server running?`,
  ]);
});

test('a lost datagram is sent again, until its echo comes', async () => {
  await using lab = await Lab.start();
  const server = await startPeer(lab, 'udp-server.ts', { IGNORE: 2 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 200 };
  const client = await startService(lab, 'udp-client', env);

  expect(await client.exitCode()).toBe(0);
  expect(client.log.events('silence')).toHaveLength(2);
  expect(client.log.events('received')).toMatchObject([
    { text: 'Echo: Hello, UDP World!', tries: 3 },
  ]);
});

test('an echo that was cut is not taken for the echo', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'udp-echo-server', { BUFFER_SIZE: 4 });
  const env = { SERVER_HOST: server.ipv4, MESSAGE: 'Hello', TIMEOUT_MS: 500, RETRIES: 0 };
  const client = await startService(lab, 'udp-client', env);

  expect(await client.exitCode()).toBe(1);
  expect(client.log.events('mismatch')).toMatchObject([{ text: 'Echo: Hell' }]);
  expect(client.log.events('received')).toEqual([]);
  expect(client.log.events('failed').map(({ msg }) => msg)).toEqual([
    `${server.ipv4}:50000 answers, but not with the echo of the message. Does it echo, and is its buffer large enough?`,
  ]);
});
