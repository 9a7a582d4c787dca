import { expect, test } from 'vitest';
import { call, endOf, fate, leaves, passes } from '../../timeline/testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../../timeline/testing/connection.ts';
import { callsOf, packetsOf, timelineOf } from '../../timeline/testing/recorded.ts';
import { sentenceOf, titleOf } from '../testing/words-of.ts';

const socket = { fd: 3, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;

test('one byte is called "1 byte"', () => {
  const write = { call: 'sendto', socket, arguments: { requestedBytes: 1 }, result: 1 } as const;
  const { steps } = timelineOf([
    ...[...handshake(0, 100), call('h1', 1, write)],
    ...passes(there(1.005, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 })),
  ]);
  expect(sentenceOf(callsOf(steps, 'sendto')[0])).toBe(
    "h1's `sendto` passes 1 byte to its kernel, which sends it in one segment. The call does not wait for it to arrive.",
  );
});

test.each<[string, number, number, RegExp]>([
  [
    'that is longer than was asked for is cut',
    10,
    10,
    /^h2's `recvfrom` receives the first 10 bytes of a datagram of 20 from 10\.0\.0\.1:61000: .* discards the rest\.$/,
  ],
  ['that fits is not', 20, 20, /receives one datagram, of 20 bytes/],
  ['of which more was asked for is not', 20, 1500, /receives one datagram, of 20 bytes/],
])('a datagram %s', (_, result, requestedBytes, sentence) => {
  const server = { fd: 4, protocol: 'udp', local: endOf(SERVER) } as const;
  const read = { call: 'recvfrom', socket: server, peer: endOf(CLIENT), result } as const;
  const { steps } = timelineOf([
    ...passes(there(1, { data: 'x'.repeat(20), id: 3 })),
    call('h2', 2, { ...read, arguments: { requestedBytes } }),
  ]);
  expect(sentenceOf(callsOf(steps, 'recvfrom')[0])).toMatch(sentence);
});

test('bytes from a side whose own buffer is full say so', () => {
  const full = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3, window: 0 });
  const { steps } = timelineOf([...handshake(0, 100), ...passes(full)]);
  expect(sentenceOf(packetsOf(steps).at(-1))).toContain(
    'h1 itself has no room for more (window 0).',
  );
});

const syn = there(0, { flags: 'S', seq: 100, id: 1 });
const again = there(1000, { flags: 'S', seq: 100, id: 2 });
const synAck = back(0.1, { flags: 'SA', seq: 500, ack: 101, id: 3 });
const secondSyn = (...events: Parameters<typeof timelineOf>[0][]) =>
  sentenceOf(
    packetsOf(timelineOf(events.flatMap((some) => [...some])).steps).findLast(
      (step) => titleOf(step) === 'SYN' && step.isRetransmission,
    ),
  );

test('SYN that arrived without an answer may have found a full queue', () => {
  expect(secondSyn(passes(syn), passes(again))).toMatch(
    /^Sent again after 1 s without an ACK: the first one was not answered, though it arrived \(the backlog .* may be full\)/,
  );
});

test('SYN that was lost, or whose answer was, has found none', () => {
  expect(secondSyn([leaves(syn)], passes(again))).not.toContain('backlog');
  const lost = [...passes(synAck), fate(synAck, 'lost')];
  expect(secondSyn(passes(syn), lost, passes(again))).not.toContain('backlog');
});
