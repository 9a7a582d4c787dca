import { expect, test } from 'vitest';
import type { CallStep, Step } from '../../lab/index.ts';
import type { CallEvent } from '../../lab/model/event.ts';
import { at, type CallMore, call, endOf } from '../../lab/timeline/testing/by-hand.ts';
import { timelineOf } from '../../lab/timeline/testing/recorded.ts';
import type { Wrong } from '../wrong.ts';
import { wrongText } from './wrong-text.ts';

const tcp = { fd: 4, protocol: 'tcp' as const, local: endOf('10.0.0.2:50000') };
const udp = { ...tcp, protocol: 'udp' as const };

function stepOf(name: CallEvent['call'], more: CallMore = {}): CallStep {
  const event = call('h2', 4120, { call: name, socket: tcp, tookNs: 0, ...more });
  return timelineOf([event]).steps.find(({ kind }: Step) => kind === 'call') as CallStep;
}

const data = (bytes: number) => ({ result: bytes, data: { bytes, preview: 'x' } });

test.each<[Wrong, string]>([
  [
    { kind: 'part-received', step: stepOf('recvfrom', data(3)), received: 3, of: 6 },
    'your recv (recvfrom below) at 4.120 s was the last: it had returned 3 of 6 bytes; the rest has not arrived',
  ],
  [
    { kind: 'part-received', step: stepOf('read', data(3)), received: 3, of: 6, restNs: at(4000) },
    'your read at 4.120 s was the last: it had returned 3 of 6 bytes; the rest was there, too',
  ],
  [
    { kind: 'part-received', step: stepOf('read', data(3)), received: 3, of: 6, restNs: at(4300) },
    'your read at 4.120 s was the last: it had returned 3 of 6 bytes; the rest arrived at 4.300 s',
  ],
  [
    {
      kind: 'part-sent',
      step: stepOf('sendto', { ...data(3), arguments: { requestedBytes: 6 } }),
      sent: 3,
      of: 6,
    },
    'your send (sendto below) at 4.120 s was the last: 3 of 6 bytes had been sent; it took 3 of the 6 that it was given',
  ],
  [
    { kind: 'part-sent', step: stepOf('sendto', { ...data(3), socket: udp }), sent: 3, of: 6 },
    'your sendto at 4.120 s sent 3 bytes where 6 were expected',
  ],
  [
    { kind: 'wrong-byte', step: stepOf('write', data(7)), before: 6 },
    'your write of 7 bytes at 4.120 s sent the first wrong byte; 6 bytes before it are right',
  ],
  [
    { kind: 'not-expected', step: stepOf('write', data(7)) },
    'your write at 4.120 s sent 7 bytes where none were expected',
  ],
  [
    { kind: 'datagram-cut', step: stepOf('recvfrom', { ...data(3), socket: udp }), of: 6 },
    'your recvfrom at 4.120 s asked for at most 3 bytes: the datagram had 6, and the rest is lost',
  ],
  [
    { kind: 'address', step: stepOf('bind', { peer: endOf('127.0.0.1:80') }) },
    'your bind asked for 127.0.0.1:80, at 4.120 s',
  ],
  [
    { kind: 'waiting', step: stepOf('accept', { stage: 'waiting' }), forNs: 10e9 },
    'your accept was called at 4.120 s, and had waited for 10.0 s by then',
  ],
  [
    { kind: 'failed', step: stepOf('write', { error: 'EPIPE' }) },
    'your write at 4.120 s failed with EPIPE',
  ],
  [
    { kind: 'left-child', step: stepOf('listen'), isOfChild: false },
    'your listen at 4.120 s was the last call of the program itself, which then ended; its child process was still at work',
  ],
  [
    { kind: 'left-child', step: stepOf('bind'), isOfChild: true },
    'your bind at 4.120 s was called by a child process, which was still at work when the program that had started it ended',
  ],
  [
    { kind: 'still-open', step: stepOf('close'), isInOtherProcess: true },
    'your close at 4.120 s was not enough: another process still has the connection open, so that no FIN is sent',
  ],
  [
    { kind: 'still-open', step: stepOf('close'), isInOtherProcess: false },
    'your close at 4.120 s was not enough: another descriptor still has the connection open, so that no FIN is sent',
  ],
  [
    { kind: 'not-closed', step: stepOf('write', data(6)) },
    'your write at 4.120 s was the last call on this connection: close was not called',
  ],
  [
    { kind: 'address', step: stepOf('connect', { peer: endOf('127.0.0.1:80') }) },
    'your connect went to 127.0.0.1:80, at 4.120 s',
  ],
  [
    { kind: 'end-ignored', step: stepOf('read', data(0)), again: 39 },
    'your read at 4.120 s returned 0 bytes, which is the end of the stream; it was called 39 times more by then',
  ],
  [
    { kind: 'last-sent', step: stepOf('write') },
    'your write at 4.120 s was the last that sent something',
  ],
  [
    { kind: 'paused', step: stepOf('accept'), forNs: 3e9 },
    'after your accept at 4.120 s there was no call for 3.0 s',
  ],
  [
    { kind: 'timed-out', step: stepOf('read', { error: 'EAGAIN' }), afterNs: 3e9 },
    'your read at 4.120 s gave up after 3.0 s, by the time limit of its socket',
  ],
  [
    { kind: 'ended-after', step: stepOf('read', data(6)) },
    'your program ended after your read at 4.120 s',
  ],
  [{ kind: 'last', step: stepOf('close') }, 'your last call was close, at 4.120 s'],
])('step %# is told to the author of the program', (wrong, text) => {
  expect(wrongText(wrong, at(0))).toBe(text);
});
