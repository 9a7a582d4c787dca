import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { converse, startPeer, startService, startStandby } from './support/services.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test('ACCEPT_LIMIT=2 serves two clients, closes the listening socket and ends with 0', async () => {
  const server = await startService(lab, 'tcp-server', { ACCEPT_LIMIT: 2 });
  const clients = await startPeer(lab, 'tcp-clients.ts', {
    SERVER_HOST: server.name,
    CLIENTS: 5,
    HOLD: 'others',
  });

  expect(await server.exitCode()).toBe(0);
  expect(server.log.events('accepted')).toHaveLength(2);
  expect(await clients.exitCode()).toBe(0);
  expect(clients.log.lines.filter((line) => line.includes('"end":"FIN"'))).toHaveLength(2);
});

test('over MAX_OPEN a client is turned away, and served once there is room', async () => {
  const server = await startService(lab, 'tcp-server', { MAX_OPEN: 1 });
  const client = await startStandby(lab, 'tcp-client');
  // Both at once: the server cuts off a client that stays too long.
  const env = { SERVER_HOST: server.name };
  const both = await startPeer(lab, 'tcp-clients.ts', { ...env, CLIENTS: 2, HOLD: 'signal' });
  const { peer } = await server.log.event('turned-away');
  expect([both.ipv4, both.ipv6]).toContain(peer?.address);
  await server.log.event('accepted');
  await both.host.kill('SIGUSR2');
  expect(await both.exitCode()).toBe(0);
  await server.log.event('closed');

  const { exitCode, events } = await converse(client, env);
  expect(exitCode).toBe(0);
  expect(events.some(({ text = '' }) => text.startsWith('Hello'))).toBe(true);
  expect((await server.log.event('accepted', 2)).peer?.address).toBe(client.ipv4);
});
