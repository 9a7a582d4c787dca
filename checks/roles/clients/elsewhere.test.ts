import { expect, test } from 'vitest';
import type { CallEvent, Endpoint } from '../../../lab/index.ts';
import { call } from '../../../lab/timeline/testing/by-hand.ts';
import { elsewhereFinding } from './elsewhere.ts';

const own = { address: '172.20.0.2', port: 40_000 };
const connects = (...peers: Endpoint[]) =>
  peers.map((peer, n) =>
    call('program', n, { call: 'connect', socket: { fd: 3, protocol: 'tcp' }, peer }),
  ) as CallEvent[];
const foundOf = (calls: CallEvent[], isNamed = true) => {
  const env = { SERVER_HOST: isNamed ? 'grader' : own.address, SERVER_PORT: '40000' };
  const server = { isNamed, env, endpoints: ['172.20.0.2:40000'] };
  return elsewhereFinding(calls, { did: 'started it', server, protocol: 'tcp' });
};

test('a client that went to its server alone was nowhere else', () => {
  expect(foundOf(connects(own))).toBeUndefined();
});

test('another address is another server, also where its own was tried, too', () => {
  const calls = connects({ ...own, address: '::1' }, own, { ...own, port: 50_000 });
  expect(foundOf(calls)).toMatchObject({
    code: 'other-server',
    found: 'it tried to connect to [::1]:40000, 172.20.0.2:50000',
  });
});

test.each(['255.255.255.255', '0.0.0.0', '::'])(
  '%s is what becomes of a name that is taken for an address',
  (address) => {
    expect(foundOf(connects({ ...own, address }))).toMatchObject({ code: 'no-address' });
    expect(foundOf(connects({ ...own, address }), false)).toMatchObject({ code: 'other-server' });
  },
);

test('name servers are asked by every client', () => {
  expect(foundOf(connects({ address: '127.0.0.11', port: 53 }))).toBeUndefined();
});
