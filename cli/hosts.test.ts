import { expect, test } from 'vitest';
import { type HostInShort, hostTable } from './hosts.ts';

const host: HostInShort = {
  name: 'udp-echo-server-12',
  role: 'udp-echo-server',
  state: 'running',
  health: 'unhealthy',
  ipv4: '172.28.0.12',
  ipv6: 'fd50:c7e1:1ab0::12',
};

test('a host is listed with its role, on a line that fits into 80 columns', () => {
  const [, line = ''] = hostTable([host]).split('\n');
  expect(line.split(/ +/)).toEqual([host.name, host.role, host.health, host.ipv4, host.ipv6]);
  expect(line.length).toBeLessThanOrEqual(80);
});

test('what is not known of a host is a dash', () => {
  const ended = { ...host, role: undefined, ipv4: undefined, ipv6: undefined };
  const [, line = ''] = hostTable([{ ...ended, state: 'exited' }]).split('\n');
  expect(line.split(/ +/)).toEqual([host.name, '-', 'exited', '-', '-']);
});
