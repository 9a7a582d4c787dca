import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Log } from '../shared/log.ts';
import { recordingLog, startTcpPeer } from '../shared/testing.ts';
import { receiveGreeting } from './tcp-client.ts';

/** What the client gets, logs and does when a server behaves like this. */
async function converse(behave: (socket: Socket) => void, TIMEOUT_MS = 5000) {
  await using server = await startTcpPeer(behave);
  const { log, lines } = recordingLog();
  const bytes = await receiveFrom(server.port, log, TIMEOUT_MS);
  return { bytes, lines, port: server.port };
}

function receiveFrom(SERVER_PORT: number, log: Log, TIMEOUT_MS = 5000): Promise<Buffer> {
  const settings = { SERVER_HOST: '127.0.0.1', SERVER_PORT, FAMILY: 'any', TIMEOUT_MS } as const;
  return receiveGreeting(settings, log);
}

test('a greeting is received and logged, with both ends of the connection', async () => {
  let clientPort: number | undefined;
  const { bytes, lines, port } = await converse((socket) => {
    clientPort = socket.remotePort;
    socket.end('Hello');
  });
  expect(bytes.toString()).toBe('Hello');
  const ends = {
    local: { address: '127.0.0.1', port: clientPort },
    peer: { address: '127.0.0.1', port },
  };
  expect(lines.all).toMatchObject([
    {
      event: 'connected',
      ...ends,
      msg: `connected to 127.0.0.1:${port} from 127.0.0.1:${clientPort}`,
    },
    { event: 'received', ...ends, bytes: 5, text: 'Hello', msg: 'received 5 bytes: Hello' },
  ]);
});

test('a greeting that comes byte by byte is put together again', async () => {
  const greeting = Buffer.from('Grüße, 你好, 🎉');
  const { bytes, lines } = await converse(async (socket) => {
    for (const byte of greeting) {
      socket.write(Buffer.of(byte));
      await turn();
      await turn();
    }
    socket.end();
  });
  expect(bytes).toStrictEqual(greeting);
  expect(await lines.logged('received')).toMatchObject({
    bytes: greeting.length,
    text: 'Grüße, 你好, 🎉',
  });
});

test('a server that sends nothing but FIN has an empty greeting', async () => {
  const { bytes, lines } = await converse((socket) => socket.end());
  expect(bytes).toHaveLength(0);
  expect(await lines.logged('received')).toMatchObject({ bytes: 0, text: '' });
});

test('a greeting of exactly 1 MiB is received', async () => {
  const greeting = Buffer.alloc(1024 * 1024, 'x');
  const { bytes } = await converse((socket) => socket.end(greeting));
  expect(bytes.equals(greeting)).toBe(true);
});

test('a greeting that is not UTF-8 is kept byte for byte, and made safe for the log', async () => {
  const greeting = Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0xff]);
  const { bytes, lines } = await converse((socket) => socket.end(greeting));
  expect(bytes).toStrictEqual(greeting);
  const { text, msg } = await lines.logged('received');
  expect(text).toBe('\\x1b[2J\ufffd');
  expect(msg).toBe('received 5 bytes: \\x1b[2J\ufffd');
});

test('the client answers FIN with FIN', async () => {
  const fin = Promise.withResolvers<void>();
  await using server = await startTcpPeer((socket) => {
    socket.on('end', fin.resolve).on('error', fin.reject).resume();
    socket.end('Hello');
  });
  await receiveFrom(server.port, recordingLog().log);
  await expect(fin.promise).resolves.toBeUndefined();
});

test('a server that is slow, but never silent for long, is read to the end', async () => {
  // Six pauses together are longer than the longest silence that is allowed.
  const { bytes } = await converse((socket) => {
    let left = 6;
    const drip = setInterval(() => {
      socket.write('x');
      left -= 1;
      if (left === 0) {
        clearInterval(drip);
        socket.end();
      }
    }, 200);
  }, 1000);
  expect(bytes.toString()).toBe('xxxxxx');
});
