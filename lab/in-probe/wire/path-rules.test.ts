import { expect, test } from 'vitest';
import { pathMatches, sparedMatches, udpMatches } from './path-rules.ts';

const from = ['192.0.2.1', '2001:db8::1', 'fe80::1%eth0'];

test('a path without limits is everything that its sender sends, in each family', () => {
  expect(pathMatches(4, [{ from }])).toEqual(['-s 192.0.2.1']);
  expect(pathMatches(6, [{ from }])).toEqual(['-s 2001:db8::1', '-s fe80::1']);
  expect(pathMatches(4, [{}])).toEqual(['']);
});

test.each([
  [4, { protocol: 'icmp' }, ['-p icmp']],
  [6, { protocol: 'icmp' }, ['-p icmpv6']],
  [4, { protocol: 'tcp', port: 7 }, ['-p tcp --sport 7', '-p tcp --dport 7']],
  [6, { protocol: 'udp', port: 7 }, ['-p udp --sport 7', '-p udp --dport 7', '-p udp -m frag']],
] as const)('over IPv%i the limits %o are the matches %o', (family, limits, matches) => {
  expect(pathMatches(family, [limits])).toEqual(matches);
});

test('a port without a protocol is one of TCP and of UDP', () => {
  expect(pathMatches(4, [{ port: 7 }])).toHaveLength(4);
});

test('of each path its UDP is not tracked', () => {
  const paths = [{ from: ['192.0.2.1'] }, { protocol: 'tcp', port: 7 }, { port: 7 }] as const;
  expect(udpMatches(4, paths)).toEqual([
    '-s 192.0.2.1 -p udp',
    '-p udp --sport 7',
    '-p udp --dport 7',
  ]);
});

test('what two paths have in common is queued once', () => {
  const narrow = { from: ['192.0.2.1'], port: 7 };
  expect(pathMatches(4, [{ from }, { from: ['192.0.2.1'] }])).toEqual(['-s 192.0.2.1']);
  expect(pathMatches(4, [narrow, narrow])).toHaveLength(4);
});

test('neighbour discovery and loopback are no path, ping is', () => {
  const neighbourDiscovery = [133, 134, 135, 136, 137];
  for (const type of neighbourDiscovery) {
    expect(sparedMatches(6)).toContain(`-p icmpv6 --icmpv6-type ${type}`);
  }
  expect(sparedMatches(6)).not.toContain('-p icmpv6 --icmpv6-type 128');
  for (const family of [4, 6] as const) expect(sparedMatches(family)[0]).toBe('-i lo');
});
