import { once } from 'node:events';
import { expect, test } from 'vitest';
import { visit } from '../shared/testing.ts';
import { serve } from './testing.ts';

const refused = { bytes: Buffer.alloc(0), finished: false, error: 'ECONNREFUSED' };

test('with ACCEPT_LIMIT=3 three clients are served, then nobody listens any more', async () => {
  await using server = await serve({ ACCEPT_LIMIT: 3 });
  for (let client = 1; client <= 3; client += 1) {
    expect((await visit(server.local.port)).bytes.toString()).toBe('Hello');
  }
  expect(await visit(server.local.port)).toStrictEqual(refused);
  await server.ended;
});

test('of many clients that come at once, not one more than ACCEPT_LIMIT is served', async () => {
  await using server = await serve({ ACCEPT_LIMIT: 3 });
  const visits = await Promise.all(Array.from({ length: 20 }, () => visit(server.local.port)));
  await server.ended;
  expect(visits.filter(({ bytes }) => bytes.equals(Buffer.from('Hello')))).toHaveLength(3);
  expect(server.lines.named('accepted')).toHaveLength(3);
});

test('without an ACCEPT_LIMIT the server goes on', async () => {
  await using server = await serve({ ACCEPT_LIMIT: 0 });
  for (let client = 1; client <= 50; client += 1) {
    expect((await visit(server.local.port)).error).toBeUndefined();
  }
});

test('the server has not ended before its last client has', async () => {
  await using server = await serve({ ACCEPT_LIMIT: 1 });
  let hasEnded = false;
  const ended = server.ended.then(() => {
    hasEnded = true;
  });
  const client = await server.connect();
  await once(client.resume(), 'end');
  expect(await visit(server.local.port)).toStrictEqual(refused);
  expect(hasEnded).toBe(false);
  client.end();
  await ended;
  expect(server.lines.named('closed')).toHaveLength(1);
});

test('a stopped server accepts nobody, and still serves who is connected', async () => {
  await using server = await serve();
  const client = await server.connect();
  await server.lines.logged('accepted');
  server.stop();
  expect(await visit(server.local.port)).toStrictEqual(refused);
  const [greeting] = await once(client, 'data');
  expect(String(greeting)).toBe('Hello');
  client.end();
  await server.ended;
});

test('more clients than MAX_OPEN are turned away and logged', async () => {
  await using server = await serve({ MAX_OPEN: 2 });
  await server.connect();
  await server.connect();
  await server.lines.logged('accepted', 2);
  const { bytes } = await visit(server.local.port);
  expect(bytes.toString()).toBe('');
  const turnedAway = await server.lines.logged('turned-away');
  expect(turnedAway).toMatchObject({ level: 'warn', local: { port: server.local.port } });
  expect(turnedAway.msg).toMatch(
    /^turned away 127\.0\.0\.1:\d+: MAX_OPEN=2 clients are connected already$/,
  );
  expect(server.lines.named('accepted')).toHaveLength(2);
});

test('after one client has left, a new one is served', async () => {
  await using server = await serve({ MAX_OPEN: 1 });
  const first = await server.connect();
  await server.lines.logged('accepted');
  await visit(server.local.port);
  await server.lines.logged('turned-away');
  first.resume().end();
  await server.lines.logged('closed');
  expect((await visit(server.local.port)).bytes.toString()).toBe('Hello');
});

test('a client that was turned away does not count for ACCEPT_LIMIT', async () => {
  await using server = await serve({ MAX_OPEN: 1, ACCEPT_LIMIT: 2 });
  const first = await server.connect();
  await server.lines.logged('accepted');
  await visit(server.local.port);
  await server.lines.logged('turned-away');
  first.resume().end();
  await server.lines.logged('closed');
  expect((await visit(server.local.port)).bytes.toString()).toBe('Hello');
  await server.ended;
});
