import { expect, test } from 'vitest';
import type { CallEvent } from '../../model/event.ts';
import { at, type CallMore, call } from '../../timeline/testing/by-hand.ts';
import { callsOf, timelineOf } from '../../timeline/testing/recorded.ts';
import { sentenceOf } from '../testing/words-of.ts';

const tcp = { socket: { fd: 3, protocol: 'tcp' } } as const;
const udp = { socket: { fd: 3, protocol: 'udp' } } as const;
const peer = { address: '10.0.0.2', port: 50_000 };
const local = { address: '0.0.0.0', port: 50_000 };

function saidOf(event: CallMore & Pick<CallEvent, 'call'>): string | undefined {
  return sentenceOf(timelineOf([call('h1', 0, event)]).steps[0]);
}

test.each<[string, Parameters<typeof saidOf>[0], RegExp]>([
  [
    'a connect to AF_UNSPEC takes the peer away',
    { call: 'connect', ...udp, arguments: { family: 'AF_UNSPEC' }, result: 0 },
    /with AF_UNSPEC dissolves the association of its socket, which then has no peer/,
  ],
  [
    'a connect that does not wait has not failed',
    { call: 'connect', ...tcp, peer, error: 'EINPROGRESS' },
    /returns at once with EINPROGRESS\. That is not a failure/,
  ],
  [
    'what became of that is asked for, not set',
    {
      call: 'getsockopt',
      ...tcp,
      arguments: { option: 'SO_ERROR', value: { kind: 'error', error: 'ECONNREFUSED' } },
      result: 0,
    },
    /asks what became of its .* The answer: ECONNREFUSED: nothing listens at that port\.$/,
  ],
  [
    'and may be that nothing went wrong',
    {
      call: 'getsockopt',
      ...tcp,
      arguments: { option: 'SO_ERROR', value: { kind: 'error' } },
      result: 0,
    },
    /The answer: nothing went wrong\.$/,
  ],
  [
    'a socket that does not block answers at once',
    { call: 'recv', ...tcp, error: 'EAGAIN', tookNs: 5000 },
    /returns at once with EAGAIN.* is non-blocking/,
  ],
  [
    'a socket with a time limit gives up',
    { call: 'recvfrom', ...udp, error: 'EAGAIN', tookNs: 1_000_400_000 },
    /gives up after 1 s with EAGAIN: .*SO_RCVTIMEO/,
  ],
  [
    'a connection that was there before was not made now',
    { call: 'connect', ...tcp, stage: 'present', peer },
    /^h1 was already connected to 10\.0\.0\.2:50000 when the trace began\.$/,
  ],
  [
    'nor was one that had been accepted before',
    { call: 'accept', ...tcp, stage: 'present', peer },
    /^h1 was already connected/,
  ],
  [
    'a socket that was bound before was not bound now',
    { call: 'bind', socket: { ...udp.socket, local }, stage: 'present' },
    /already bound to 0\.0\.0\.0:50000/,
  ],
  [
    'port 0 is the kernel’s choice',
    { call: 'bind', ...udp, peer: { address: '0.0.0.0', port: 0 }, result: 0 },
    /its kernel picks a free port/,
  ],
  [
    'what it connects to inside its own host is not captured',
    { call: 'connect', ...tcp, peer: { address: '127.0.0.1', port: 80 }, result: 0 },
    /^h1's `connect` connects to h1 itself: the packets stay inside the host/,
  ],
  [
    'nor is it over IPv6',
    { call: 'connect', ...tcp, peer: { address: '::1', port: 80 }, result: 0 },
    /stay inside the host, where they are not captured\.$/,
  ],
  [
    'a queue has an end',
    { call: 'listen', ...tcp, arguments: { backlog: 128 }, result: 0 },
    /answers each SYN with SYN-ACK by itself, as long as the socket's backlog has room\.$/,
  ],
  [
    'half of a connection can be closed',
    { call: 'shutdown', ...tcp, arguments: { how: 'SHUT_WR' }, result: 0 },
    /sends FIN .* It can still receive: a half-close\.$/,
  ],
  [
    'or both halves',
    { call: 'shutdown', ...tcp, arguments: { how: 'SHUT_RDWR' }, result: 0 },
    /^h1 will neither send nor receive any more: its kernel sends FIN after the last byte\.$/,
  ],
  [
    'UDP has nothing to send at its end',
    { call: 'shutdown', ...udp, arguments: { how: 'SHUT_WR' }, result: 0 },
    /UDP has no FIN: nothing is sent\.$/,
  ],
  [
    'a write that is cut short leaves the rest to the program',
    { call: 'write', ...tcp, arguments: { requestedBytes: 100_000 }, result: 65_536 },
    /passes 65536 bytes .* did not take the other 34464 bytes, .* has to pass them again\.$/,
  ],
  [
    'one that is not leaves nothing',
    { call: 'write', ...tcp, arguments: { requestedBytes: 100 }, result: 100 },
    /does not wait for them to arrive\.$/,
  ],
  [
    'a file may just have ended',
    { call: 'sendfile', ...tcp, arguments: { requestedBytes: 100_000 }, result: 65_536 },
    /does not wait for them to arrive\.$/,
  ],
])('%s', (_, event, words) => {
  expect(saidOf(event)).toMatch(words);
});

test('its own address is inside the host, too', () => {
  const addresses = ['10.0.0.1'];
  const host = { kind: 'host', atNs: at(0), host: 'h1', state: 'running', addresses } as const;
  const own = { call: 'connect', ...tcp, peer: { address: '10.0.0.1', port: 80 } } as const;
  const { steps } = timelineOf([host, call('h1', 1, own), call('h1', 2, { ...own, peer })]);
  const [inside, outside] = callsOf(steps, 'connect');
  expect(sentenceOf(inside)).toContain('stay inside the host');
  expect(sentenceOf(outside)).toContain('makes the kernel send SYN');
});
