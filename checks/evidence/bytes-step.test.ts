import { expect, test } from 'vitest';
import { at, call, endOf, passes } from '../../lab/timeline/testing/by-hand.ts';
import { back, CLIENT, SERVER, there } from '../../lab/timeline/testing/connection.ts';
import { accepted, bytes, connected, receives, sends, wrongOf } from './testing/wrong-of.ts';

test('a client that receives once is told how much that was, and when the rest arrived', () => {
  const events = [
    ...connected,
    ...passes(back(10, { seq: 501, ack: 101, flags: 'PA', data: 'Hel', id: 5 })),
    receives(11, 'Hel'),
    ...passes(back(50, { seq: 504, ack: 101, flags: 'PA', data: 'lo!', id: 6 })),
  ];
  const wrong = wrongOf('h1', events, bytes('Hello!', 'Hel'));
  expect(wrong).toMatchObject({ kind: 'part-received', received: 3, of: 6 });
  expect(wrong).toMatchObject({ step: { atNs: at(11) }, restNs: at(50.02) });
});

test('a client that has received everything went wrong behind its last receive', () => {
  const events = [...connected, receives(11, 'Hel'), receives(12, 'lo!'), receives(13, '')];
  const wrong = wrongOf('h1', events, bytes('Hello!', ''));
  expect(wrong).toMatchObject({ kind: 'all-received', of: 6, step: { atNs: at(12) } });
});

test('of several sends the one with the first wrong byte is found', () => {
  const events = [...accepted, sends(10, 'Hel'), sends(11, 'lX!'), sends(12, '\n')];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'HellX!\n'));
  expect(wrong).toMatchObject({ kind: 'wrong-byte', before: 4, step: { atNs: at(11) } });
});

test('a byte too many is that of the send behind the right ones', () => {
  const events = [...accepted, sends(10, 'Hello!'), sends(12, '\n')];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'Hello!\n'));
  expect(wrong).toMatchObject({ kind: 'wrong-byte', before: 6, step: { atNs: at(12) } });
});

test('where a part is missing, the last send is found', () => {
  const events = [...accepted, sends(10, 'Hel', 6)];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'Hel'));
  expect(wrong).toMatchObject({ kind: 'part-sent', sent: 3, of: 6, step: { atNs: at(10) } });
});

test('a connection whose peer nobody knows is known by its descriptor', () => {
  const unknown = { fd: 4, protocol: 'tcp' as const, local: endOf(SERVER) };
  const greets = (atMs: number) => [
    call('h2', atMs, { call: 'accept', socket: unknown, result: 4 }),
    call('h2', atMs + 1, {
      call: 'write',
      socket: unknown,
      result: 3,
      data: { bytes: 3, preview: 'Hel' },
    }),
    call('h2', atMs + 2, { call: 'close', socket: unknown, result: 0 }),
  ];
  const waiting = call('h2', 30, { call: 'accept', stage: 'waiting' });
  const wrong = wrongOf('h2', [...greets(10), ...greets(20), waiting], bytes('Hello!', 'Hel'));
  expect(wrong).toMatchObject({ kind: 'part-sent', sent: 3, of: 6, step: { atNs: at(21) } });
});

test('a receive that had no room for a datagram has cut it off', () => {
  const socket = { fd: 3, protocol: 'udp' as const, local: endOf(SERVER) };
  const events = [
    ...passes(there(5, { data: 'Hello!', id: 7 })),
    call('h2', 6, {
      call: 'recvfrom',
      arguments: { requestedBytes: 3 },
      socket,
      peer: endOf(CLIENT),
      result: 3,
      data: { bytes: 3, preview: 'Hel' },
    }),
    call('h2', 7, {
      call: 'sendto',
      socket,
      peer: endOf(CLIENT),
      result: 3,
      data: { bytes: 3, preview: 'Hel' },
    }),
  ];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'Hel'));
  expect(wrong).toMatchObject({ kind: 'datagram-cut', of: 6, step: { atNs: at(6) } });
});

const socket = { fd: 3, protocol: 'udp' as const, local: endOf(SERVER) };
const echoes = (atMs: number, data: string, peer = CLIENT) => [
  ...passes({ atMs, from: peer, to: SERVER, data, id: atMs }),
  ...passes({ atMs: atMs + 2, from: SERVER, to: peer, data, id: atMs }),
  call('h2', atMs + 1, {
    call: 'sendto',
    socket,
    peer: endOf(peer),
    result: data.length,
    data: { bytes: data.length, preview: data },
  }),
];

test('of several datagrams to one client the last one is what was received', () => {
  const events = [...echoes(10, 'Hello!'), ...echoes(20, 'HellX!')];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'HellX!'));
  expect(wrong).toMatchObject({ kind: 'wrong-byte', before: 4, step: { atNs: at(21) } });
});

test('a conversation in which another number of bytes was sent is another one', () => {
  const events = [...echoes(10, 'HellX!'), ...echoes(20, 'Good bye', '10.0.0.1:61002')];
  const wrong = wrongOf('h2', events, bytes('Hello!', 'HellX!'));
  expect(wrong).toMatchObject({ kind: 'wrong-byte', step: { atNs: at(11) } });
});
