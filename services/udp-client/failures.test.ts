import { expect, test } from 'vitest';
import { NetworkError } from '../shared/failure.ts';
import { recordingLog, startUdpPeer } from '../shared/testing.ts';
import { defaults } from './testing.ts';
import { exchangeEcho, type UdpClientSettings } from './udp-client.ts';

async function failureOf(settings: Partial<UdpClientSettings>) {
  const { log, lines } = recordingLog();
  const failure = await exchangeEcho({ ...defaults, SERVER_PORT: 1, ...settings }, log).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(NetworkError);
  return { failure: failure as NetworkError, lines };
}

/** A UDP port of loopback that nobody has. */
async function freePort(address: string): Promise<number> {
  await using peer = await startUdpPeer(undefined, address);
  return peer.port;
}

test.each([0, 1, 2])(
  'with RETRIES=%i a silent server is asked once more than that',
  async (RETRIES) => {
    await using server = await startUdpPeer();
    const { failure, lines } = await failureOf({
      SERVER_PORT: server.port,
      RETRIES,
      TIMEOUT_MS: 10,
    });
    const tries = RETRIES + 1;
    expect(failure.message).toBe(
      `No echo from 127.0.0.1:${server.port} to any of ${tries} tries. Is the server running?`,
    );
    await expect.poll(() => server.received.map(String)).toStrictEqual(Array(tries).fill('Hello'));
    expect(lines.named('sent')).toHaveLength(tries);
    expect(lines.named('silence')).toHaveLength(tries);
  },
);

test('a server that keeps answering something else is given up, too', async () => {
  await using server = await startUdpPeer((_datagram, { port, address }, socket) => {
    socket.send('Hello', port, address);
  });
  const { failure, lines } = await failureOf({
    SERVER_PORT: server.port,
    RETRIES: 1,
    TIMEOUT_MS: 100,
  });
  expect(failure.message).toBe(
    `127.0.0.1:${server.port} answers, but not with the echo of the message. Does it echo, and is its buffer large enough?`,
  );
  expect(lines.named('mismatch')).toHaveLength(2);
});

test.each(['127.0.0.1', '::1'])(
  'a port of %s without a listener is reported at once',
  async (address) => {
    const SERVER_PORT = await freePort(address);
    const { failure } = await failureOf({ SERVER_HOST: address, SERVER_PORT, TIMEOUT_MS: 600_000 });
    const peer = address.includes(':') ? `[${address}]` : address;
    expect(failure.message).toBe(
      `Connection refused by ${peer}:${SERVER_PORT}. Is the server running?`,
    );
    expect(failure.cause).toHaveProperty('code', 'ECONNREFUSED');
  },
);

test('a server that goes away between two tries is reported at the next', async () => {
  const server = await startUdpPeer((_datagram, _from, socket) => socket.close());
  const { failure, lines } = await failureOf({ SERVER_PORT: server.port, TIMEOUT_MS: 500 });
  expect(failure.message).toMatch(/^Connection refused by /);
  expect(lines.named('sent')).toHaveLength(2);
});

test('a name that nobody has is one clear failure', async () => {
  const { failure, lines } = await failureOf({
    SERVER_HOST: 'no-such-host.invalid',
    SERVER_PORT: 7,
  });
  expect(failure.message).toBe(
    'Unknown host name "no-such-host.invalid". Is that host running, and on the same network?',
  );
  expect(lines.all).toStrictEqual([]);
});

test('a message that no datagram can hold is one clear failure', async () => {
  await using server = await startUdpPeer();
  const { failure } = await failureOf({ SERVER_PORT: server.port, MESSAGE: 'x'.repeat(65_508) });
  expect(failure.message).toBe(
    `The message to 127.0.0.1:${server.port} is larger than a datagram can be.`,
  );
});
