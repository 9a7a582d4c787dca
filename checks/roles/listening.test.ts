import { expect, test } from 'vitest';
import { listeningFinding } from './listening.ts';

const wanted = { protocol: 'tcp', port: 50_000, waitedMs: 10_000 } as const;
const socket = {
  protocol: 'tcp',
  address: '0.0.0.0',
  port: 50_000,
  isIPv6Only: false,
  dropped: 0,
} as const;

test.each([
  ['at every address', socket],
  ['at one address of the host', { ...socket, address: '172.20.0.2' }],
  ['for both families', { ...socket, address: '::' }],
])('a socket %s is reachable', (_, one) => {
  expect(listeningFinding([one], wanted)).toBeUndefined();
});

test.each([
  ['not-listening', 'no socket at any port', []],
  ['loopback-only', 'TCP 127.0.0.1:50000', [{ ...socket, address: '127.0.0.1' }]],
  ['loopback-only', 'TCP [::1]:50000', [{ ...socket, address: '::1' }]],
  ['ipv6-only', 'TCP [::]:50000 (IPv6 only)', [{ ...socket, address: '::', isIPv6Only: true }]],
  ['ipv6-only', 'TCP [fd00::2]:50000', [{ ...socket, address: 'fd00::2' }]],
  ['other-port', 'TCP 0.0.0.0:8080', [{ ...socket, port: 8080 }]],
  ['other-protocol', 'UDP 0.0.0.0:50000', [{ ...socket, protocol: 'udp' }]],
] as const)('else it is %s, found is %s', (code, found, sockets) => {
  const finding = listeningFinding(sockets, wanted);
  expect(finding).toMatchObject({ code, waited: { ms: 10_000 } });
  expect(finding?.found).toBe(found);
});
