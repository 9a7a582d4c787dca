import type { Socket } from 'node:dgram';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { NetworkError } from '../shared/failure.ts';
import { startUdpPeer } from '../shared/testing.ts';
import { serve } from './testing.ts';

/** An echo server, and the socket that it keeps to itself. */
async function serveWithSocket() {
  const sockets: Socket[] = [];
  const collect = (message: unknown) => sockets.push((message as { socket: Socket }).socket);
  subscribe('udp.socket', collect);
  const server = await serve();
  unsubscribe('udp.socket', collect);
  const [socket] = sockets;
  if (socket === undefined) throw new Error('the server has opened no socket');
  return { server, socket };
}

async function stillEchoes(port: number): Promise<void> {
  await using client = await startUdpPeer();
  client.socket.send('Hello', port, '127.0.0.1');
  const [echo] = await once(client.socket, 'message');
  expect(String(echo)).toBe('Echo: Hello');
}

test('a port that is in use is one clear failure', async () => {
  await using first = await serve();
  const { port } = first.local;
  const failure = await serve({ PORT: port }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NetworkError);
  expect(failure).toHaveProperty(
    'message',
    `Cannot listen on 127.0.0.1:${port}: the port is already in use. Is another server running?`,
  );
});

test('an address of another host is one clear failure', async () => {
  const failure = await serve({ HOST: '192.0.2.1' }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NetworkError);
  expect(failure).toHaveProperty(
    'message',
    'Cannot listen on 192.0.2.1:0: that is not an address of this host.',
  );
});

test('a receive that fails is logged, and the server goes on', async () => {
  const { server, socket } = await serveWithSocket();
  await using _ = server;
  socket.emit('error', new Error('recvmsg ENOMEM'));
  expect(await server.lines.logged('receive-failed')).toMatchObject({
    level: 'warn',
    msg: 'could not receive: recvmsg ENOMEM',
  });
  await stillEchoes(server.local.port);
});

test('a datagram from port 0, which nobody can answer, is logged, and the server goes on', async () => {
  const { server, socket } = await serveWithSocket();
  await using _ = server;
  // Only a forged datagram has that port: this is how the socket hands one over.
  const from = { address: '127.0.0.1', family: 'IPv4', port: 0, size: 5 };
  socket.emit('message', Buffer.from('Hello'), from);
  expect(await server.lines.logged('send-failed')).toMatchObject({
    level: 'warn',
    peer: { address: '127.0.0.1', port: 0 },
  });
  await stillEchoes(server.local.port);
});

test('a stopped server answers nobody', async () => {
  const server = await serve();
  server.stop();
  await server.ended;
  await using peer = await startUdpPeer();
  peer.socket.send('Hello', server.local.port, '127.0.0.1');
  await using successor = await serve({ PORT: server.local.port });
  await stillEchoes(successor.local.port);
  expect(server.lines.named('echoed')).toStrictEqual([]);
});
