import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { visit, watch } from '../shared/testing.ts';
import { serve } from './testing.ts';

const greetings = [
  ['the usual one', 'Hello, client! Connection established.'],
  ['one in UTF-8', 'Grüße, 你好, 🎉\n'],
  ['an empty one', ''],
  ['one of 64 KiB', '🎉'.repeat(16_384)],
] as const;

test.each(greetings)(
  'a client gets the whole greeting and then FIN: %s',
  async (_name, GREETING) => {
    await using server = await serve({ GREETING });
    expect(await visit(server.local.port)).toStrictEqual({
      bytes: Buffer.from(GREETING),
      finished: true,
      error: undefined,
    });
  },
);

test('a client that reads slowly gets the whole greeting', async () => {
  const GREETING = 'x'.repeat(100_000);
  await using server = await serve({ GREETING });
  const client = await server.connect();
  client.pause();
  let length = 0;
  client.on('readable', async () => {
    for (let part = client.read(100); part !== null; part = client.read(100)) {
      length += part.length;
      await turn();
    }
  });
  await once(client, 'end');
  client.end();
  await server.lines.logged('closed');
  expect(length).toBe(100_000);
  expect(server.lines.named('aborted')).toStrictEqual([]);
});

test('a client that sends what was not asked for gets the greeting and FIN, and no RST', async () => {
  await using server = await serve();
  const client = await server.connect();
  const seen = watch(client);
  const upload = Buffer.alloc(8 * 1024 * 1024, 'x');
  client.end(upload);
  expect(await seen).toStrictEqual({
    bytes: Buffer.from('Hello'),
    finished: true,
    error: undefined,
  });
  const closed = await server.lines.logged('closed');
  expect(closed).toMatchObject({ bytes: 5, bytesIgnored: upload.length });
  expect(server.lines.named('aborted')).toStrictEqual([]);
});

test('a client that has closed its side first still gets the greeting', async () => {
  await using server = await serve();
  const client = await server.connect();
  client.end();
  expect(await watch(client)).toMatchObject({ bytes: Buffer.from('Hello'), error: undefined });
});

test('a client that never closes is cut off after the deadline', async () => {
  await using server = await serve({}, 50);
  const client = await server.connect();
  const { peer, msg } = await server.lines.logged('cut-off');
  expect(peer?.port).toBe(client.localPort);
  expect(msg).toBe(`cut off 127.0.0.1:${client.localPort}: it did not close within 50 ms`);
  await server.lines.logged('closed');
  expect(client.writable).toBe(true);
});

test('a client that closes in time is not cut off', async () => {
  await using server = await serve({}, 800);
  await visit(server.local.port);
  await server.lines.logged('closed');
  const client = await server.connect();
  await server.lines.logged('cut-off'); // of the second client, so the first one's deadline is over
  expect(server.lines.named('cut-off').map(({ peer }) => peer?.port)).toStrictEqual([
    client.localPort,
  ]);
});

test('clients that say nothing delay nobody', async () => {
  await using server = await serve();
  await Promise.all(Array.from({ length: 50 }, server.connect));
  expect((await visit(server.local.port)).bytes.toString()).toBe('Hello');
  await server.lines.logged('closed');
  expect(server.lines.named('closed')).toHaveLength(1);
});

test('a client that aborts is logged, and the next one is served', async () => {
  await using server = await serve();
  const client = await server.connect();
  const port = client.localPort;
  await once(client, 'readable');
  client.resetAndDestroy();
  const aborted = await server.lines.logged('aborted');
  expect(aborted).toMatchObject({ level: 'warn', peer: { address: '127.0.0.1', port } });
  expect(aborted.msg).toMatch(/ECONNRESET$/);
  await server.lines.logged('closed');
  expect((await visit(server.local.port)).bytes.toString()).toBe('Hello');
});

test('many clients that abort as soon as they are connected do not end the server', async () => {
  await using server = await serve();
  const abort = async () => (await server.connect()).resetAndDestroy();
  await Promise.all(Array.from({ length: 50 }, abort));
  expect((await visit(server.local.port)).bytes.toString()).toBe('Hello');
});

test('the log says who was served, and how much was sent', async () => {
  await using server = await serve({ GREETING: 'Grüße' });
  const client = await server.connect();
  const ends = {
    local: { address: '127.0.0.1', port: server.local.port },
    peer: { address: '127.0.0.1', port: client.localPort },
  };
  client.resume().end();
  expect(await server.lines.logged('accepted')).toMatchObject(ends);
  expect(await server.lines.logged('closed')).toMatchObject({ ...ends, bytes: 7, bytesIgnored: 0 });
});
