/** Records of recordings/python-and-c.py, which then executes many.c, as the loader printed them on Linux 6.18. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CallEvent } from '../../model/event.ts';
import { HostCalls } from './host-calls.ts';
import type { BpfRecord } from './record.ts';
import { RecordParser } from './record-parser.ts';

const bytes = readFileSync(new URL('recordings/python-and-c.records', import.meta.url));
const whole = new RecordParser().push(bytes);
const events = eventsOf(whole);

function eventsOf(records: readonly BpfRecord[]): CallEvent[] {
  const calls = new HostCalls('host', []);
  return records.flatMap((record) => {
    if (record.kind === 'process') calls.note(record);
    return record.kind === 'returned' || record.kind === 'waiting' ? calls.read(record) : [];
  });
}

const only = (call: CallEvent['call'], stage: CallEvent['stage'] = 'returned') =>
  events.filter((event) => event.call === call && event.stage === stage);

test('wherever the chunks are cut, the records are the same', () => {
  const parser = new RecordParser();
  const pieces: BpfRecord[] = [];
  for (let at = 0; at < bytes.length; at += 7)
    pieces.push(...parser.push(bytes.subarray(at, at + 7)));
  expect(pieces).toEqual(whole);
});

test('each call is told in the order in which it returned, with the program that made it', () => {
  expect(events.map(({ call, stage }) => (stage === 'waiting' ? `${call} …` : call))).toEqual([
    ...['socket', 'setsockopt', 'setsockopt', 'bind', 'listen', 'accept …', 'socket', 'connect'],
    ...['sendto', 'accept', 'recvfrom', 'sendmsg', 'read', 'shutdown', 'read', 'close', 'recvfrom'],
    ...['close', 'accept …', 'accept', 'socket', 'connect', 'socket', 'setsockopt', 'bind'],
    ...['sendto', 'recvfrom', 'connect', 'splice', 'close'],
    ...['socket', 'bind', 'sendmmsg', 'recvmmsg', 'setsockopt', 'sendmsg', 'connect'],
  ]);
  expect(events.at(0)?.process).toEqual({ pid: 7, name: 'python3' });
  expect(events.at(-1)?.process).toEqual({ pid: 7, name: 'many' });
});

test('a call that waits and its end have one number, and the new socket has both its ends', () => {
  const [accept] = only('accept');
  expect(only('accept', 'waiting')[0]?.id).toBe(accept?.id);
  expect(accept).toMatchObject({
    socket: { fd: 4, protocol: 'tcp', local: { address: '127.0.0.1', port: 5000 } },
    result: 4,
  });
  expect(accept?.peer).toEqual(accept?.socket?.remote);
  expect(only('connect')[0]?.socket?.local).toEqual(accept?.peer);
});

test('a call that a signal has ended has failed with EINTR', () => {
  const [, interrupted] = only('accept');
  expect(interrupted).toMatchObject({ id: only('accept', 'waiting')[1]?.id, error: 'EINTR' });
  expect(interrupted?.tookNs).toBeGreaterThan(40_000_000);
});

test('a connection that is refused has failed, with the address that it was for', () => {
  const refused = { error: 'ECONNREFUSED', peer: { address: '::1', port: 5001 } };
  expect(only('connect')[1]).toMatchObject({ arguments: { family: 'AF_INET6' }, ...refused });
});

test('options have their names and their values', () => {
  expect(only('setsockopt').map((event) => event.arguments)).toEqual([
    { level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: { kind: 'number', number: 1 } },
    { level: 'SOL_SOCKET', option: 'SO_LINGER', value: { kind: 'linger', isOn: true, seconds: 5 } },
    { level: 'SOL_SOCKET', option: 'SO_RCVTIMEO', value: { kind: 'timeout', timeoutMs: 1.5 } },
    { level: 'SOL_UDP', option: 'UDP_SEGMENT', value: { kind: 'number', number: 4 } },
  ]);
});

test('what is sent in pieces is one whole, with control characters escaped', () => {
  expect(only('sendmsg')[0]?.data).toEqual({ bytes: 15, preview: 'Hello, client!\\n' });
  expect(only('sendto')[0]?.data).toEqual({ bytes: 4, preview: 'Hi\\x1b\\n' });
});

test('of a datagram that is longer than its buffer, only what is in the buffer is shown', () => {
  const [, , long] = only('recvfrom');
  expect(long).toMatchObject({
    arguments: { requestedBytes: 4, flags: ['MSG_TRUNC'] },
    data: { bytes: 8, preview: 'data' },
    result: 8,
  });
});

test('splice goes into the socket that is its second descriptor', () => {
  expect(only('splice')[0]).toMatchObject({ direction: 'out', data: { bytes: 7, preview: '' } });
});

test('messages that are sent and received together have an address and a length each', () => {
  const peer = { address: '127.0.0.1', port: 6000 };
  const messages = [
    { bytes: 3, peer },
    { bytes: 5, peer },
  ];
  const data = { bytes: 8, preview: 'onethree' };
  expect(only('sendmmsg')[0]).toMatchObject({
    arguments: { requestedBytes: 8, requestedMessages: 2 },
    ...{ messages, data, peer, result: 2 },
  });
  expect(only('recvmmsg')[0]).toMatchObject({ messages, data, peer, result: 2 });
});

test('segments are told of the socket, and of the message that has its own', () => {
  expect(only('sendmsg')[1]).toMatchObject({ socket: { segmentBytes: 4 }, segmentBytes: 2 });
});

test('a connect with AF_UNSPEC has no peer', () => {
  const dissolved = only('connect').at(-1);
  expect(dissolved?.arguments).toEqual({ family: 'AF_UNSPEC' });
  expect(dissolved?.peer).toBeUndefined();
});

test('a record of a later version is refused', () => {
  const record = Buffer.from([16, 0, 99, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(() => new RecordParser().push(record)).toThrow('none of kind 99');
});
