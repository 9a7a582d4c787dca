import { expect, test } from 'vitest';
import { Lab } from './support/lab.ts';

test('ACCEPT_LIMIT=2 serves two clients, closes the listening socket and ends with 0', async () => {
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server', { env: { ACCEPT_LIMIT: 2 } });
  const clients = await lab.peer('tcp-clients.ts', {
    env: { SERVER_HOST: server.name, CLIENTS: 5, HOLD_MS: 500 },
  });

  expect(await server.exitCode()).toBe(0);
  expect(server.events('accepted')).toHaveLength(2);
  expect(await clients.exitCode()).toBe(0);
  expect(clients.lines.filter((line) => line.includes('"end":"FIN"'))).toHaveLength(2);
});

test('over MAX_OPEN a client is turned away, and served once there is room', async () => {
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server', { env: { MAX_OPEN: 1 } });
  const holding = await lab.peer('tcp-clients.ts', {
    env: { SERVER_HOST: server.name, HOLD_MS: 4000 },
  });
  await server.event('accepted');

  const env = { SERVER_HOST: server.name, COUNT: 0, INTERVAL_MS: 200 };
  const waiting = await lab.host('tcp-client', { env });
  expect((await server.event('turned-away')).peer?.address).toBe(waiting.ipv4);
  expect(await holding.exitCode()).toBe(0);
  expect((await server.event('accepted', 2)).peer?.address).toBe(waiting.ipv4);
});
