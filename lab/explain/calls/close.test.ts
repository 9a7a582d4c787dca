/** What is said of the calls that end something, and of what they find when it has ended. */

import { expect, test } from 'vitest';
import type { CallEvent, LabEvent } from '../../model/event.ts';
import { type CallMore, call, endOf, passes } from '../../timeline/testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../../timeline/testing/connection.ts';
import { callsOf, timelineOf } from '../../timeline/testing/recorded.ts';
import { sentenceOf } from '../testing/words-of.ts';

const socket = {
  fd: 3,
  protocol: 'tcp' as const,
  local: endOf(CLIENT),
  remote: endOf(SERVER),
};
type How = 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR';

const listening = { fd: 4, protocol: 'tcp' } as const;
const listen = call('h1', 0, {
  call: 'listen',
  socket: listening,
  arguments: { backlog: 128 },
  result: 0,
});

/** That of `h1`'s last call of that name on its connection. */
function last(name: CallEvent['call'], ...events: LabEvent[]): string | undefined {
  const { steps } = timelineOf([...handshake(0, 100), ...events]);
  return sentenceOf(callsOf(steps, name).at(-1));
}

const read = (atMs: number, more: CallMore = {}) =>
  call('h1', atMs, {
    call: 'read',
    socket,
    arguments: { requestedBytes: 100 },
    result: 0,
    ...more,
  });
const shut = (atMs: number, how: How) =>
  call('h1', atMs, { call: 'shutdown', socket, arguments: { how }, result: 0 });
const fin = back(5, { flags: 'FA', seq: 501, ack: 101, id: 9 });

test('a read that returns 0 names FIN where FIN let it return', () => {
  expect(last('read', ...passes(fin), read(6))).toContain("0: the peer's FIN has arrived");
  expect(last('read', read(6))).toBe("h1's `read` returns 0: no more bytes will follow.");
});

test('a read that asks for no bytes gets none, whatever has arrived', () => {
  const sentence = last('read', ...passes(fin), read(6, { arguments: { requestedBytes: 0 } }));
  expect(sentence).toBe("h1's `read` returns 0, because it asked for no bytes.");
});

test.each(['SHUT_RD', 'SHUT_RDWR'] as const)('a read that %s has woken needed no FIN', (how) => {
  const woken = read(1, { tookNs: 3_010_000 });
  const words = /^h1's `read` returns 0: its own program has shut down receiving on this socket/;
  expect(last('read', shut(4, how), woken)).toMatch(words);
  // The peer answers with FIN at once.
  expect(last('read', shut(4, how), woken, ...passes(fin))).toMatch(words);
});

test('FIN that came before receiving was shut down is what a read found', () => {
  expect(last('read', ...passes(fin), shut(6, 'SHUT_RD'), read(7))).toContain("peer's FIN");
});

test('a datagram socket whose receiving is shut down gets no datagram', () => {
  const udp = { fd: 5, protocol: 'udp' } as const;
  const peer = endOf(SERVER);
  const events = [
    call('h1', 0, { call: 'connect', socket: udp, peer, result: 0 }),
    call('h1', 1, { call: 'send', socket: udp, data: { bytes: 1, preview: 'x' }, result: 1 }),
    ...passes(there(1.005, { data: 'x' })),
    call('h1', 2, { call: 'shutdown', socket: udp, arguments: { how: 'SHUT_RD' }, result: 0 }),
    call('h1', 3, { call: 'recv', socket: udp, arguments: { requestedBytes: 9 }, result: 0 }),
  ];
  expect(sentenceOf(callsOf(timelineOf(events).steps, 'recv')[0])).toMatch(/shut down receiving/);
});

test('a socket that listens has nobody to send FIN to', () => {
  const stop = (how: How) =>
    call('h1', 1, { call: 'shutdown', socket: listening, arguments: { how }, result: 0 });
  expect(last('shutdown', listen, stop('SHUT_RDWR'))).toMatch(/^h1 stops listening: .*No FIN/);
  expect(last('shutdown', listen, stop('SHUT_RD'))).toMatch(/^h1 stops listening/);
  expect(last('shutdown', listen, stop('SHUT_WR'))).toMatch(/nothing changes\.$/);
  const close = call('h1', 1, { call: 'close', socket: listening, result: 0 });
  expect(last('close', listen, close)).toMatch(/^h1 closes its descriptor of the listening socket/);
});

test('close names FIN where it was sent for it, else only its descriptor is sure to be closed', () => {
  const close = call('h1', 2, { call: 'close', socket, result: 0 });
  const sent = there(2.005, { flags: 'FA', seq: 101, ack: 501, id: 9 });
  expect(last('close', close, ...passes(sent))).toContain(
    ': its kernel sends FIN, because no more',
  );
  expect(last('close', close)).toBe(
    'h1 closes its descriptor. When no other process has the socket open, its kernel sends FIN.',
  );
});

test('no FIN follows RST', () => {
  const reset = back(1, { flags: 'R', seq: 501, id: 8 });
  const close = call('h1', 2, { call: 'close', socket, result: 0 });
  expect(last('close', ...passes(reset), close)).toMatch(
    /RST had already arrived, so nothing is sent now/,
  );
});

test('who ends a connection on this host is not its peer; `accept` has none yet', () => {
  expect(last('read', read(1, { error: 'ECONNABORTED' }))).toMatch(
    /fails with ECONNABORTED: the connection was ended on this host/,
  );
  const accept = call('h1', 1, { call: 'accept', socket: listening, error: 'ECONNABORTED' });
  expect(last('accept', listen, accept)).toContain('was gone before it was accepted');
});
