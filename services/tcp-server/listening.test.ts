import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:net';
import { expect, test } from 'vitest';
import { NetworkError } from '../shared/failure.ts';
import { visit } from '../shared/testing.ts';
import { serve } from './testing.ts';

test('a port that is in use is one clear failure', async () => {
  await using first = await serve();
  const { port } = first.local;
  const failure = await serve({ PORT: port }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NetworkError);
  expect(failure).toHaveProperty(
    'message',
    `Cannot listen on 127.0.0.1:${port}: the port is already in use. Is another server running?`,
  );
  expect(failure).toHaveProperty('cause.code', 'EADDRINUSE');
});

test('an address of another host is one clear failure', async () => {
  const failure = await serve({ HOST: '192.0.2.1' }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NetworkError);
  expect(failure).toHaveProperty(
    'message',
    'Cannot listen on 192.0.2.1:0: that is not an address of this host.',
  );
});

test('a server for both families logs the IPv4 form of the address of a client over IPv4', async () => {
  await using server = await serve({ HOST: '::' });
  const { port } = server.local;
  expect((await visit(port, '127.0.0.1')).bytes.toString()).toBe('Hello');
  expect((await visit(port, '::1')).bytes.toString()).toBe('Hello');
  await server.lines.logged('closed', 2);
  const peers = server.lines.named('accepted').map(({ peer }) => peer?.address);
  expect(peers).toStrictEqual(['127.0.0.1', '::1']);
  expect(server.lines.named('accepted')[1]?.msg).toMatch(/ from \[::1\]:\d+$/);
});

test('an accept that fails is logged, and the server goes on', async () => {
  const channel = 'tracing:net.server.listen:asyncEnd';
  const servers: Server[] = [];
  const collect = (message: unknown) => servers.push((message as { server: Server }).server);
  subscribe(channel, collect);
  await using server = await serve();
  unsubscribe(channel, collect);

  servers[0]?.emit('error', new Error('accept EMFILE'));
  expect(await server.lines.logged('accept-failed')).toMatchObject({
    level: 'warn',
    msg: 'could not accept a client: accept EMFILE',
  });
  expect((await visit(server.local.port)).bytes.toString()).toBe('Hello');
});
