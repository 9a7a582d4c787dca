import { expect, test } from 'vitest';
import type { OptionArguments } from '../../model/call.ts';
import type { CallEvent, LabEvent } from '../../model/event.ts';
import { call, endOf, passes } from '../../timeline/testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../../timeline/testing/connection.ts';
import { packetsOf, timelineOf } from '../../timeline/testing/recorded.ts';
import { sentenceOf } from '../testing/words-of.ts';

const [client, server] = [
  { fd: 3, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) },
  { fd: 4, protocol: 'tcp', local: endOf(SERVER), remote: endOf(CLIENT) },
] as const;

const byServer = (atMs: number, name: CallEvent['call'], option: OptionArguments = {}) =>
  call('h2', atMs, { call: name, socket: server, arguments: option, result: 0 });
const fin = back(2.01, { flags: 'FA', seq: 501, ack: 101, id: 20 });
const data = there(3, { flags: 'PA', seq: 101, ack: 502, data: 'late', id: 3 });
const rst = back(4, { flags: 'R', seq: 502, id: 21 });

function saidOf(...events: LabEvent[]): string | undefined {
  return sentenceOf(packetsOf(timelineOf([...handshake(0, 100), ...events]).steps).at(-1));
}

test('RST that answers bytes for a closed socket says so, and that EPIPE comes of it', () => {
  const sentence = saidOf(
    ...[byServer(2, 'close'), ...passes(fin), ...passes(data), ...passes(rst)],
  );
  expect(sentence).toMatch(
    /ends the connection at once: bytes arrived for a socket that h2 has closed/,
  );
  expect(sentence).toMatch(
    /Because FIN came first, the next call of h1 that sends fails with EPIPE, and one that reads returns 0\.$/,
  );
});

test('RST without a FIN before gives ECONNRESET', () => {
  const sentence = saidOf(...passes(there(3, { ...data, ack: 501 })), ...passes(rst));
  expect(sentence).toMatch(/at once\. .* the next call of h1 fails, usually with ECONNRESET\.$/);
});

test('RST that `close` asks for with SO_LINGER says so where that was seen', () => {
  const value = { kind: 'linger', isOn: true, seconds: 0 } as const;
  const linger = byServer(1, 'setsockopt', { option: 'SO_LINGER', value });
  const abort = [byServer(3.99, 'close'), ...passes(rst)];
  expect(saidOf(linger, ...abort)).toContain('as SO_LINGER with 0 s makes `close` do');
  expect(saidOf(...abort)).toContain('left bytes unread, or because SO_LINGER asks for it');
});

test('RST names the call that fails for it', () => {
  const read = { call: 'recv', socket: client, error: 'ECONNRESET', tookNs: 4.1e6 } as const;
  const sentence = saidOf(call('h1', 1, read), ...passes(rst));
  expect(sentence).toContain("h1's `recv` fails with ECONNRESET");
});

test('nobody notices RST whose receiver has closed its socket, too', () => {
  const close = call('h1', 3, { call: 'close', socket: client, result: 0 });
  const last = there(3.01, { flags: 'FA', seq: 101, ack: 502, id: 4 });
  const events = [byServer(2, 'close'), ...passes(fin), close, ...passes(last), ...passes(rst)];
  expect(saidOf(...events)).toMatch(/no call notices\.$/);
});
