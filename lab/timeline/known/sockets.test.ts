import { expect, test } from 'vitest';
import { titleOf } from '../../explain/testing/words-of.ts';
import { call, endOf, passes } from '../testing/by-hand.ts';
import { CLIENT, handshake, SERVER, there } from '../testing/connection.ts';
import { callsOf, linkedSteps, timelineOf } from '../testing/recorded.ts';
import { Sockets } from './sockets.ts';

/** More than are followed. */
const MANY = 12_000;

function readBy(pid: number, fd = 3) {
  return call('h1', pid, { call: 'read', process: { pid }, socket: { fd, protocol: 'tcp' } });
}

test('the socket that listens is known however many clients have ended without closing theirs', () => {
  const sockets = new Sockets();
  const listen = call('h2', 0, { call: 'listen', socket: { fd: 3, protocol: 'tcp' } });
  sockets.onListen(listen);
  const listening = sockets.of(listen);
  for (let pid = 10; pid < MANY; pid += 1) sockets.of(readBy(pid));
  expect(listening?.isListening).toBe(true);
  expect(sockets.of(listen)).toBe(listening);
});

test('of the others the one that was used is known, and the one that was not is forgotten', () => {
  const sockets = new Sockets();
  const [used, unused] = [sockets.of(readBy(1)), sockets.of(readBy(2))];
  for (let pid = 10; pid < MANY; pid += 1) {
    sockets.of(readBy(pid));
    if (pid % 1000 === 0) sockets.of(readBy(1));
  }
  expect(sockets.of(readBy(1))).toBe(used);
  expect(sockets.of(readBy(2))).not.toBe(unused);
});

test('a number that is given anew is another socket, also where it was one that listened', () => {
  const sockets = new Sockets();
  const listen = call('h2', 0, { call: 'listen', socket: { fd: 3, protocol: 'tcp' } });
  sockets.onListen(listen);
  sockets.end(listen);
  expect(sockets.of(listen)?.isListening).toBe(false);
  sockets.onListen(listen);
  expect(sockets.of(call('h2', 1, { call: 'socket', result: 3 }))?.isListening).toBe(false);
});

test('a descriptor that is there when a trace begins is not the one of that number before', () => {
  const tcp = { fd: 4, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;
  const udp = { fd: 4, protocol: 'udp', local: { address: '0.0.0.0', port: 7 } } as const;
  const [peer, data] = [endOf('10.0.0.2:9'), { bytes: 2, preview: 'hi' }];
  const { steps } = timelineOf([
    ...[call('h1', 0, { call: 'connect', socket: tcp, peer: tcp.remote }), ...handshake(0.1, 100)],
    call('h1', 500, { call: 'bind', stage: 'present', socket: udp }),
    call('h1', 600, { call: 'sendto', socket: udp, peer, data, result: 2 }),
    ...passes(there(600.1, { from: '10.0.0.1:7', to: '10.0.0.2:9', data: 'hi' })),
  ]);
  const [sent] = callsOf(steps, 'sendto');
  expect(linkedSteps(steps, sent, 'caused').map(titleOf)).toEqual(['UDP 2 bytes "hi"']);
});
