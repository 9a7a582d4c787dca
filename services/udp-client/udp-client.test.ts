import { createSocket } from 'node:dgram';
import { expect, test } from 'vitest';
import { echo, exchange } from './testing.ts';

test('the echo of a message is received, and logged with both ends and the round-trip time', async () => {
  let clientPort: number | undefined;
  const { bytes, tries, roundTripMs, lines, port } = await exchange((datagram, from, socket) => {
    clientPort = from.port;
    echo(datagram, from, socket);
  });
  expect(bytes.toString()).toBe('Echo: Hello');
  expect(tries).toBe(1);
  expect(roundTripMs).toBeGreaterThan(0);
  const ends = {
    local: { address: '127.0.0.1', port: clientPort },
    peer: { address: '127.0.0.1', port },
  };
  expect(lines.all).toMatchObject([
    { event: 'sent', ...ends, bytes: 5, tries: 1, msg: `sent 5 bytes to 127.0.0.1:${port}` },
    { event: 'received', ...ends, bytes: 11, text: 'Echo: Hello', tries: 1, roundTripMs },
  ]);
});

test.each([
  ['in UTF-8', 'Grüße, 你好, 🎉'],
  ['without a byte', ''],
  ['of the largest size that can be echoed', 'x'.repeat(65_501)],
])('a message %s comes back', async (_name, MESSAGE) => {
  const { bytes, received } = await exchange(echo, { MESSAGE });
  expect(received[0]).toStrictEqual(Buffer.from(MESSAGE));
  expect(bytes).toStrictEqual(Buffer.from(`Echo: ${MESSAGE}`));
});

test('a server at an IPv6 address is talked to', async () => {
  const { bytes, lines } = await exchange(echo, { SERVER_HOST: '::1', FAMILY: '6' });
  expect(bytes.toString()).toBe('Echo: Hello');
  expect((await lines.logged('sent')).msg).toMatch(/^sent 5 bytes to \[::1\]:\d+$/);
});

test('the right echo from another socket is ignored', async () => {
  await using stranger = createSocket('udp4');
  let count = 0;
  const { tries, lines } = await exchange(
    (datagram, from, socket) => {
      count += 1;
      echo(datagram, from, count === 1 ? stranger : socket);
    },
    { TIMEOUT_MS: 50 },
  );
  expect(tries).toBeGreaterThan(1);
  expect(lines.named('silence')[0]).toMatchObject({ tries: 1 });
  expect(lines.named('mismatch')).toStrictEqual([]);
});

test.each(['Echo: Hell', 'Echo: Hello!', 'Hello', 'echo: Hello', ''])(
  '%j is not the echo of Hello: it is ignored and logged',
  async (wrong) => {
    const { bytes, tries, lines } = await exchange((datagram, from, socket) => {
      socket.send(wrong, from.port, from.address);
      echo(datagram, from, socket);
    });
    expect(bytes.toString()).toBe('Echo: Hello');
    expect(tries).toBe(1);
    expect(lines.named('mismatch')).toMatchObject([
      { level: 'warn', bytes: wrong.length, text: wrong },
    ]);
  },
);

test.each([
  ['Echo: Hell', "ignored an echo that was cut to 10 of 11 bytes; the server's buffer is smaller"],
  ['Echo: ', 'ignored an echo that was cut to 6 of 11 bytes'],
  ['Hello', 'ignored 5 bytes that are not the echo: Hello'],
  ['\x1b[2J', 'ignored 4 bytes that are not the echo: \\x1b[2J'],
  ['', 'ignored 0 bytes that are not the echo'],
])('the log says what was wrong with %j', async (wrong, sentence) => {
  const { lines } = await exchange((datagram, from, socket) => {
    socket.send(wrong, from.port, from.address);
    echo(datagram, from, socket);
  });
  expect((await lines.logged('mismatch')).msg).toContain(sentence);
});

test('a message that was lost is sent again', async () => {
  let count = 0;
  const { bytes, tries, received, lines } = await exchange(
    (datagram, from, socket) => {
      count += 1;
      if (count > 2) echo(datagram, from, socket);
    },
    { TIMEOUT_MS: 20, RETRIES: 8 },
  );
  expect(bytes.toString()).toBe('Echo: Hello');
  expect(tries).toBeGreaterThanOrEqual(3);
  expect(received.map(String)).toStrictEqual(received.map(() => 'Hello'));
  expect(lines.named('sent').map((line) => line['tries'])).toStrictEqual(
    Array.from({ length: tries }, (_, i) => i + 1),
  );
});

test('each silence is twice as long as the one before, and up to a quarter longer', async () => {
  let count = 0;
  const { lines } = await exchange(
    (datagram, from, socket) => {
      count += 1;
      if (count === 4) echo(datagram, from, socket);
    },
    { TIMEOUT_MS: 20, RETRIES: 8 },
  );
  const waits = lines.named('silence').map((line) => Number(line['waitMs']));
  expect(waits.length).toBeGreaterThanOrEqual(3);
  for (const [i, waitMs] of waits.entries()) {
    expect(waitMs).toBeGreaterThanOrEqual(20 * 2 ** i);
    expect(waitMs).toBeLessThanOrEqual(25 * 2 ** i);
  }
});

test('the round trip is counted from the first time that the message was sent', async () => {
  let count = 0;
  const { roundTripMs } = await exchange(
    (datagram, from, socket) => {
      count += 1;
      if (count > 1) echo(datagram, from, socket);
    },
    { TIMEOUT_MS: 50 },
  );
  expect(roundTripMs).toBeGreaterThan(48);
});
