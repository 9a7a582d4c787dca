import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Address } from './address.ts';
import { EngineRefusal, requestConnection, requestJson, requestStream } from './request.ts';

/** An engine that answers every request in one way. */
async function engine(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const address: Address = { isTls: false, options: { host: '127.0.0.1', port } };
  return { server, address, [Symbol.dispose]: () => void server.close().closeAllConnections() };
}

test('a request has its query and its body in JSON', async () => {
  using one = await engine(async (request, response) => {
    const { method, url, headers } = request;
    const seen = { method, url, type: headers['content-type'], body: await text(request) };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(seen));
  });
  const query = { all: true, name: undefined, filters: { label: ['a b'] } };
  expect(
    await requestJson(one.address, { method: 'POST', path: '/x', query, body: { Cmd: ['ü'] } }),
  ).toEqual({
    method: 'POST',
    url: '/x?all=true&filters=%7B%22label%22%3A%5B%22a+b%22%5D%7D',
    type: 'application/json',
    body: '{"Cmd":["ü"]}',
  });
  const plain = await requestJson(one.address, { method: 'GET', path: '/y' });
  expect(plain).toEqual({ method: 'GET', url: '/y', body: '' });
});

test('a response without content is undefined', async () => {
  using one = await engine((_, response) => response.writeHead(204).end());
  expect(await requestJson(one.address, { method: 'POST', path: '/x' })).toBeUndefined();
});

test.each([
  [404, '{"message":"No such container: web"}', 'No such container: web'],
  [304, '', 'Not Modified'],
  [502, '<html>Bad gateway</html>\n', '<html>Bad gateway</html>'],
])('a response with status %i is a refusal with its reason', async (status, body, message) => {
  using one = await engine((_, response) => response.writeHead(status).end(body));
  const request = { method: 'POST', path: '/x' } as const;
  for (const send of [requestJson, requestStream, requestConnection]) {
    const refused = await send(one.address, request).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(EngineRefusal);
    expect(refused).toMatchObject({ statusCode: status, message });
  }
});

test('a connection is handed over with what has come already, and its ends close one by one', async () => {
  using one = await engine(() => undefined);
  one.server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nfirst, ');
    const said: Buffer[] = [];
    socket.on('data', (bytes: Buffer) => said.push(bytes));
    socket.on('end', () => socket.end(`then ${Buffer.concat(said)}`));
  });
  const connection = await requestConnection(one.address, { method: 'POST', path: '/x' });
  connection.end('all that was said');
  expect(await text(connection)).toBe('first, then all that was said');
});

test('a signal ends a response that is still coming', async () => {
  using one = await engine((_, response) => response.write('{}\n'));
  const controller = new AbortController();
  const request = { method: 'GET', path: '/events', signal: controller.signal } as const;
  const stream = await requestStream(one.address, request);
  controller.abort();
  await expect(text(stream)).rejects.toThrow('aborted');
});
