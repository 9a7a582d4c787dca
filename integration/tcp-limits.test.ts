import { expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { startPeer, startService } from './support/services.ts';

test('ACCEPT_LIMIT=2 serves two clients, closes the listening socket and ends with 0', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server', { ACCEPT_LIMIT: 2 });
  const clients = await startPeer(lab, 'tcp-clients.ts', {
    SERVER_HOST: server.name,
    CLIENTS: 5,
    HOLD_MS: 500,
  });

  expect(await server.exitCode()).toBe(0);
  expect(server.log.events('accepted')).toHaveLength(2);
  expect(await clients.exitCode()).toBe(0);
  expect(clients.log.lines.filter((line) => line.includes('"end":"FIN"'))).toHaveLength(2);
});

test('over MAX_OPEN a client is turned away, and served once there is room', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server', { MAX_OPEN: 1 });
  const holding = await startPeer(lab, 'tcp-clients.ts', {
    SERVER_HOST: server.name,
    HOLD_MS: 4000,
  });
  await server.log.event('accepted');

  const env = { SERVER_HOST: server.name, COUNT: 0, INTERVAL_MS: 200 };
  const waiting = await startService(lab, 'tcp-client', env);
  expect((await server.log.event('turned-away')).peer?.address).toBe(waiting.ipv4);
  expect(await holding.exitCode()).toBe(0);
  expect((await server.log.event('accepted', 2)).peer?.address).toBe(waiting.ipv4);
});
