import { expect, test } from 'vitest';
import { type HostInShort, hostTable } from './hosts.ts';

const LAB = 'socketlab';
const one = {
  network: 'socketlab_lab',
  mac: '02:42:ac:1c:00:0c',
  ipv4: '172.28.0.12',
  ipv6: 'fd50:c7e1:1ab0::12',
};
const host: HostInShort = {
  name: 'udp-echo-server-12',
  role: 'udp-echo-server',
  state: 'running',
  health: 'unhealthy',
  ipv4: one.ipv4,
  ipv6: one.ipv6,
  network: { kind: 'own' },
  interfaces: [one],
};
const linesOf = (hosts: readonly HostInShort[]) => hostTable(hosts, LAB).split('\n').slice(1);

test('a host is listed with its role, on a line that fits into 80 columns', () => {
  const [line = ''] = linesOf([host]);
  expect(line.split(/ +/)).toEqual([host.name, host.role, host.health, host.ipv4, host.ipv6]);
  expect(line.length).toBeLessThanOrEqual(80);
});

test('what is not known about a host is listed as a dash', () => {
  const ended = { ...host, role: undefined, interfaces: [] };
  const [line = ''] = linesOf([{ ...ended, state: 'exited' }]);
  expect(line.split(/ +/)).toEqual([host.name, '-', 'exited', '-', '-']);
});

test('a host on two networks has a line for each, with the name that Compose has for it', () => {
  const other = { ...one, network: 'outside', ipv4: '172.29.0.2' };
  const short = { ...host, name: 'a', role: undefined, health: 'unknown' } as const;
  const lines = linesOf([{ ...short, interfaces: [one, other] }]);
  expect(lines.map((line) => line.trim().split(/ +/))).toEqual([
    ['a', '-', 'running', 'lab', one.ipv4, one.ipv6],
    ['outside', other.ipv4, one.ipv6],
  ]);
});

test('a host without a network of its own is listed with whose network it has', () => {
  const short: HostInShort = { ...host, role: undefined, health: 'unknown', interfaces: [] };
  const hosts: HostInShort[] = [
    { ...short, name: 'side', network: { kind: 'shared', id: '1', owner: 'b' }, interfaces: [one] },
    { ...short, name: 'web', network: { kind: 'machine', why: 'has it' } },
    { ...short, name: 'mute', network: { kind: 'none', why: 'has none' } },
  ];
  expect(linesOf(hosts).map((line) => line.split(/ {2,}/))).toEqual([
    ['side', '-', 'running', 'that of b', one.ipv4, one.ipv6],
    ['web', '-', 'running', "this machine's", '-', '-'],
    ['mute', '-', 'running', 'none', '-', '-'],
  ]);
});
