import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { NetworkError } from '../shared/failure.ts';
import { freePort, recordingLog, startTcpPeer } from '../shared/testing.ts';
import { receiveGreeting, type TcpClientSettings } from './tcp-client.ts';

async function failureOf(settings: Partial<TcpClientSettings>): Promise<NetworkError> {
  const { log } = recordingLog();
  const all = {
    SERVER_HOST: '127.0.0.1',
    SERVER_PORT: 1,
    FAMILY: 'any',
    TIMEOUT_MS: 5000,
  } as const;
  const failure = await receiveGreeting({ ...all, ...settings }, log).catch((error) => error);
  expect(failure).toBeInstanceOf(NetworkError);
  return failure as NetworkError;
}

/** How a conversation fails when a server behaves like this, in words, with the server called `peer`. */
async function sentence(behave: (socket: Socket) => void, TIMEOUT_MS = 5000): Promise<string> {
  await using server = await startTcpPeer(behave);
  const { message } = await failureOf({ SERVER_PORT: server.port, TIMEOUT_MS });
  return message.replace(`127.0.0.1:${server.port}`, 'peer');
}

test('a port without a listener is a refused connection', async () => {
  const SERVER_PORT = await freePort();
  const failure = await failureOf({ SERVER_PORT });
  expect(failure.message).toBe(
    `Connection refused by 127.0.0.1:${SERVER_PORT}. Is the server running?`,
  );
  expect(failure.cause).toHaveProperty('code', 'ECONNREFUSED');
});

test('a name whose IPv6 and IPv4 addresses both refuse is one failure', async () => {
  const SERVER_PORT = await freePort();
  const { message } = await failureOf({ SERVER_HOST: 'localhost', SERVER_PORT });
  expect(message).toBe(`Connection refused by localhost:${SERVER_PORT}. Is the server running?`);
});

test('an IPv6 address is written in brackets before its port', async () => {
  const SERVER_PORT = await freePort();
  const { message } = await failureOf({ SERVER_HOST: '::1', SERVER_PORT });
  expect(message).toBe(`Connection refused by [::1]:${SERVER_PORT}. Is the server running?`);
});

test('an unknown name is one clear failure', async () => {
  const { message } = await failureOf({ SERVER_HOST: 'no-such-host.invalid', SERVER_PORT: 7 });
  expect(message).toBe(
    'Unknown host name "no-such-host.invalid". Is that host running, and on the same network?',
  );
});

test('a reset in the middle of the greeting is a failure', async () => {
  const words = await sentence((socket) => {
    socket.write('Hel', () => socket.resetAndDestroy());
  });
  expect(words).toBe('Connection reset by peer: it ended abruptly, with RST instead of FIN.');
});

test('a reset before the greeting is a failure', async () => {
  const words = await sentence((socket) => socket.resetAndDestroy());
  expect(words).toBe('Connection reset by peer: it ended abruptly, with RST instead of FIN.');
});

test('a server that accepts and sends nothing is a failure', async () => {
  expect(await sentence(() => undefined, 500)).toBe('Nothing more from peer within 500 ms.');
});

test('a server that falls silent in the middle is a failure', async () => {
  const words = await sentence((socket) => socket.write('Hel'), 500);
  expect(words).toBe('Nothing more from peer within 500 ms.');
});

test('a server that never ends its greeting is a failure', async () => {
  const part = Buffer.alloc(64 * 1024, 'x');
  let sent = 0;
  const words = await sentence((socket) => {
    const fill = () => {
      while (!socket.destroyed && socket.write(part)) sent += part.length;
      sent += part.length;
    };
    socket.on('drain', fill);
    fill();
  });
  expect(words).toBe('peer sent more than 1048576 bytes and did not come to an end.');
  expect(sent).toBeGreaterThan(1024 * 1024);
});

test('the connection is closed after a failure', async () => {
  const closed = Promise.withResolvers<void>();
  await using server = await startTcpPeer((socket) => socket.once('end', closed.resolve).resume());
  await failureOf({ SERVER_PORT: server.port, TIMEOUT_MS: 50 });
  await expect(closed.promise).resolves.toBeUndefined();
});
