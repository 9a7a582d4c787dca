import type { RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startUdpPeer } from '../shared/testing.ts';
import { serve } from './testing.ts';

/** Sends a datagram from a socket of its own, and waits for the answer. */
async function ask(port: number, datagram: string | Buffer, host = '127.0.0.1') {
  await using client = await startUdpPeer(undefined, host);
  client.socket.send(datagram, port, host);
  const [answer, from] = (await once(client.socket, 'message')) as [Buffer, RemoteInfo];
  return { answer, from, clientPort: client.port };
}

test.each(['Hello, UDP World!', '', 'Grüße, 你好, 🎉', 'line\nline\0'])(
  '%j is echoed exactly',
  async (message) => {
    await using server = await serve();
    const { answer } = await ask(server.local.port, message);
    expect(answer.toString()).toBe(`Echo: ${message}`);
  },
);

test('bytes that are not UTF-8 are echoed as they were', async () => {
  await using server = await serve();
  const { answer } = await ask(server.local.port, Buffer.from([0xff, 0xfe, 0x00, 0xc3]));
  expect(answer).toStrictEqual(Buffer.from([...Buffer.from('Echo: '), 0xff, 0xfe, 0x00, 0xc3]));
});

test('the answer comes from the port that was asked, to the port that asked', async () => {
  await using server = await serve();
  const { from, clientPort } = await ask(server.local.port, 'Hello');
  expect(from).toMatchObject({ address: '127.0.0.1', port: server.local.port });
  expect(await server.lines.logged('echoed')).toMatchObject({
    local: { address: '127.0.0.1', port: server.local.port },
    peer: { address: '127.0.0.1', port: clientPort },
    bytes: 11,
    text: 'Hello',
    msg: `echoed 11 bytes to 127.0.0.1:${clientPort}: Echo: Hello`,
  });
});

test('a datagram larger than BUFFER_SIZE is cut, and the log says so', async () => {
  await using server = await serve({ BUFFER_SIZE: 4 });
  const { answer, clientPort } = await ask(server.local.port, 'Hello');
  expect(answer.toString()).toBe('Echo: Hell');
  const cut = await server.lines.logged('cut');
  expect(cut).toMatchObject({ level: 'warn', bytes: 5, peer: { port: clientPort } });
  expect(cut.msg).toMatch(/^cut a datagram of 5 bytes from .* to BUFFER_SIZE=4$/);
  expect(await server.lines.logged('echoed')).toMatchObject({ bytes: 10, text: 'Hell' });
});

test('a datagram as large as BUFFER_SIZE is not cut', async () => {
  await using server = await serve({ BUFFER_SIZE: 5 });
  expect((await ask(server.local.port, 'Hello')).answer.toString()).toBe('Echo: Hello');
  expect(server.lines.named('cut')).toStrictEqual([]);
});

test('the largest datagram is echoed as far as the echo fits into one', async () => {
  await using server = await serve({ BUFFER_SIZE: 65_501 });
  const { answer } = await ask(server.local.port, Buffer.alloc(65_507, 'x'));
  expect(answer.toString()).toBe(`Echo: ${'x'.repeat(65_501)}`);
});

test('an echo of an echo of an echo is dropped and logged', async () => {
  await using server = await serve();
  await using client = await startUdpPeer();
  client.socket.send('Echo: Echo: Echo: Hello', server.local.port, '127.0.0.1');
  expect(await server.lines.logged('loop')).toMatchObject({
    level: 'warn',
    peer: { port: client.port },
  });
  client.socket.send('Hello', server.local.port, '127.0.0.1');
  await once(client.socket, 'message');
  expect(client.received.map(String)).toStrictEqual(['Echo: Hello']);
});

test('two echo servers that answer each other fall silent', async () => {
  await using one = await serve();
  await using other = await startUdpPeer((datagram, from, socket) => {
    socket.send(Buffer.concat([Buffer.from('Echo: '), datagram]), from.port, from.address);
  });
  other.socket.send('x', one.local.port, '127.0.0.1');
  await one.lines.logged('loop');
  expect(one.lines.named('echoed').length).toBeLessThan(4);
});

test('clients that ask at the same time each get their own echo', async () => {
  await using server = await serve();
  const messages = Array.from({ length: 50 }, (_, i) => `message ${i}`);
  const answers = await Promise.all(messages.map((message) => ask(server.local.port, message)));
  expect(answers.map(({ answer }) => String(answer))).toStrictEqual(
    messages.map((message) => `Echo: ${message}`),
  );
});

test('a client over IPv6 gets its echo', async () => {
  await using server = await serve({ HOST: '::1' });
  const { answer, from, clientPort } = await ask(server.local.port, 'Hello', '::1');
  expect(answer.toString()).toBe('Echo: Hello');
  expect(from).toMatchObject({ address: '::1', port: server.local.port });
  expect((await server.lines.logged('echoed')).msg).toContain(`to [::1]:${clientPort}: `);
});

test('a server for both families logs the IPv4 form of the address of a client over IPv4', async () => {
  await using server = await serve({ HOST: '::' });
  expect((await ask(server.local.port, 'four', '127.0.0.1')).answer.toString()).toBe('Echo: four');
  expect((await ask(server.local.port, 'six', '::1')).answer.toString()).toBe('Echo: six');
  await server.lines.logged('echoed', 2);
  const peers = server.lines.named('echoed').map(({ peer }) => peer?.address);
  expect(peers).toStrictEqual(['127.0.0.1', '::1']);
});
