import { expect, test } from 'vitest';
import type { Host } from './support/host.ts';
import { Lab } from './support/lab.ts';

const GREETING = 'Grüße, 世界! 👋';

const families = [
  ['IPv4', '4', 'ipv4'],
  ['IPv6', '6', 'ipv6'],
] as const;

test.for(families)('the greeting crosses %s byte for byte, between two hosts', async (family) => {
  const [, FAMILY, address] = family;
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server', { env: { HOST: '::', GREETING } });
  const env = { SERVER_HOST: server.name, FAMILY };
  const client = await server.whilePaused(() => lab.host('tcp-client', { env }));

  expect(await client.exitCode()).toBe(0);
  const [received] = client.events('received');
  expect(received).toMatchObject({ text: GREETING, bytes: Buffer.byteLength(GREETING) });
  expect(received?.peer).toEqual({ address: server[address], port: 50_000 });
  const accepted = await server.event('accepted');
  expect(accepted.peer).toEqual({ address: client[address], port: received?.local?.port });
});

test('50 clients at once all get the whole greeting', async () => {
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server', { env: { GREETING } });
  // Each keeps its connection for a while after the greeting, so that all 50 are open together.
  const clients = await lab.peer('tcp-clients.ts', {
    env: { SERVER_HOST: server.name, CLIENTS: 50, HOLD_MS: 1000 },
  });

  expect(await clients.exitCode()).toBe(0);
  expect(sawOn(clients)).toEqual(
    Array.from({ length: 50 }, () => ({ received: GREETING, end: 'FIN' })),
  );
  const order = server.lines.map((line) => JSON.parse(line).event);
  expect(order.lastIndexOf('accepted')).toBeLessThan(order.indexOf('closed'));
});

test('a greeting that arrives byte by byte, with characters split, is put together again', async () => {
  await using lab = await Lab.start();
  const env = { MODE: 'trickle', TEXT: GREETING, INTERVAL_MS: 5 };
  const server = await lab.peer('tcp-server.ts', { env });
  const client = await lab.host('tcp-client', { env: { SERVER_HOST: server.name } });

  expect(await client.exitCode()).toBe(0);
  expect(client.events('received')).toMatchObject([{ text: GREETING }]);
});

test('a client that uploads what nobody reads still gets the greeting and FIN, not RST', async () => {
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server', { env: { GREETING } });
  const client = await lab.peer('tcp-clients.ts', {
    env: { SERVER_HOST: server.name, UPLOAD_BYTES: 1_000_000 },
  });

  expect(await client.exitCode()).toBe(0);
  expect(sawOn(client)).toEqual([{ received: GREETING, end: 'FIN' }]);
});

test('clients that abort or stay silent delay nobody and do not end the server', async () => {
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server', { env: { GREETING } });
  const env = { SERVER_HOST: server.name };
  const aborting = await lab.peer('tcp-clients.ts', { env: { ...env, CLIENTS: 20, ABORT: 1 } });
  expect(await aborting.exitCode()).toBe(0);
  const silent = await lab.peer('tcp-clients.ts', { env: { ...env, HOLD_MS: 60_000 } });
  await silent.line(/connected/);

  const client = await lab.host('tcp-client', { env: { ...env, TIMEOUT_MS: 2000 } });
  expect(await client.exitCode()).toBe(0);
  expect(client.events('received')).toMatchObject([{ text: GREETING }]);
});

/** What the clients of `peers/tcp-clients.ts` saw. */
function sawOn(clients: Host): { received: string; end: string }[] {
  return clients.lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .map(({ received, end }) => ({ received: Buffer.from(received, 'base64').toString(), end }));
}
