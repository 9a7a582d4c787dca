import { expect, test } from 'vitest';
import { fate, leaves, type Sent } from '../../lab/timeline/testing/by-hand.ts';
import { PacketRepeats } from './packet-repeats.ts';
import { conversationOf } from './shown-packets.ts';

const there = { atMs: 0, from: '10.0.0.1:1000', to: '10.0.0.2:2000' };

const held = (sent: Sent) => ({
  from: 'h1',
  to: 'h2',
  packet: leaves(sent).packet,
  identity: fate(sent, 'held').packet,
});

/** What is said of packets that come one after another. */
function said(...packets: readonly Partial<Sent>[]) {
  const repeats = new PacketRepeats();
  return packets.map((sent, n) => repeats.wordsOf(held({ ...there, ...sent }), n + 1));
}

test('a segment that is sent again names the packet that it repeats', () => {
  const syn = { flags: 'S', seq: 7 };
  expect(said({ ...syn, id: 1 }, { flags: 'A', id: 2 }, { ...syn, id: 3 })).toEqual([
    undefined,
    undefined,
    'packet 1, sent again',
  ]);
});

test('a packet that is there twice is called a copy, over UDP too', () => {
  expect(said({ data: 'hi', id: 5 }, { data: 'hi', id: 5 })[1]).toBe('a copy of packet 1');
  expect(said({ flags: 'PA', data: 'hi', id: 5 }, { flags: 'PA', data: 'hi', id: 5 })[1]).toBe(
    'a copy of packet 1',
  );
});

test('a datagram that says the same as an earlier one is like it; one that says something else is new', () => {
  expect(said({ data: 'one', id: 1 }, { data: 'two', id: 2 }, { data: 'one', id: 3 })).toEqual([
    undefined,
    undefined,
    'as packet 1',
  ]);
});

test('a pure acknowledgment repeats nothing, and neither do datagrams without a number', () => {
  expect(said({ flags: 'A', ack: 9, id: 1 }, { flags: 'A', ack: 9, id: 2 })[1]).toBeUndefined();
  expect(said({ data: 'hi', id: 0 }, { data: 'hi', id: 0 })[1]).toBe('as packet 1');
});

test('both directions belong to one conversation, and another port to another', () => {
  const back = { ...there, from: there.to, to: there.from };
  expect(conversationOf(held(back))).toBe(conversationOf(held(there)));
  const other = { ...there, from: '10.0.0.1:1001' };
  expect(conversationOf(held(other))).not.toBe(conversationOf(held(there)));
});
