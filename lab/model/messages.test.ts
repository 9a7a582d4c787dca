/** Calls that send or receive several datagrams at once (sendmmsg(2), recvmmsg(2)). */

import { expect, test } from 'vitest';
import { sentenceOf } from '../explain/testing/words-of.ts';
import { call, endOf, passes } from '../timeline/testing/by-hand.ts';
import { CLIENT, SERVER, there } from '../timeline/testing/connection.ts';
import { callsOf, linkedSteps, timelineOf } from '../timeline/testing/recorded.ts';

const texts = ['hello', 'world!', 'x'];
const datagrams = texts.map((data, index) => there(0.1 + index / 100, { data, id: index }));
const later = there(50, { data: 'again', id: 9 });
const [local, remote] = [endOf(CLIENT), endOf(SERVER)];
const bytes = texts.join('').length;

function send(atMs: number, name: 'sendmmsg' | 'send', size: number, result: number) {
  const socket = { fd: 3, protocol: 'udp', local, remote } as const;
  return call('h1', atMs, { call: name, socket, data: { bytes: size, preview: '' }, result });
}

function receive(atMs: number, name: 'recvmmsg' | 'recvfrom', size: number, result: number) {
  const socket = { fd: 3, protocol: 'udp', local: remote } as const;
  const data = { bytes: size, preview: '' };
  return call('h2', atMs, { call: name, socket, peer: local, data, result });
}

test('a call of one message is linked with its datagram, by that of its bytes', () => {
  const { steps } = timelineOf([
    ...[send(0, 'sendmmsg', 5, 1), ...passes(datagrams[0] ?? later)],
    receive(1, 'recvmmsg', 5, 1),
  ]);
  const [sender, receiver] = [...callsOf(steps, 'sendmmsg'), ...callsOf(steps, 'recvmmsg')];
  expect(linkedSteps(steps, sender, 'caused')).toHaveLength(1);
  expect(linkedSteps(steps, receiver, 'completed-by')).toHaveLength(1);
});

test('a call of several is linked with each, and the next datagram with its own call', () => {
  const { steps } = timelineOf([
    ...[
      send(0, 'sendmmsg', bytes, 3),
      ...datagrams.flatMap(passes),
      receive(1, 'recvmmsg', bytes, 3),
    ],
    ...[send(49.9, 'send', 5, 5), ...passes(later), receive(51, 'recvfrom', 5, 5)],
  ]);
  const counts = (names: string[], kind: string) =>
    names.map((name) => linkedSteps(steps, callsOf(steps, name)[0], kind).length);
  expect(counts(['sendmmsg', 'send'], 'caused')).toEqual([3, 1]);
  expect(counts(['recvmmsg', 'recvfrom'], 'completed-by')).toEqual([3, 1]);
  expect(sentenceOf(callsOf(steps, 'sendmmsg')[0])).toContain('3 datagrams of 12 bytes together');
  expect(sentenceOf(callsOf(steps, 'recvmmsg')[0])).toContain('3 datagrams, of 12 bytes together');
});

test('a call of several whose datagrams were not seen takes none that was sent long after it', () => {
  const { steps } = timelineOf([
    ...[send(0, 'sendmmsg', bytes, 3), send(49.9, 'send', 5, 5), ...passes(later)],
  ]);
  expect(linkedSteps(steps, callsOf(steps, 'sendmmsg')[0], 'caused')).toEqual([]);
  expect(linkedSteps(steps, callsOf(steps, 'send')[0], 'caused')).toHaveLength(1);
});
