/**
 * Hosts on two networks: a fault is for all of a host's addresses, or for those on one network. Containers that share a network:
 * a fault of one is one of both.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Host, Lab } from '../../lab/index.ts';
import { commandLine } from '../support/command-line.ts';
import { type ComposeLab, startComposeLab } from '../support/compose-lab.ts';

let started: ComposeLab;
let lab: Lab;
beforeAll(async () => {
  started = await startComposeLab('networks.yaml');
  lab = started.lab;
}, 120_000);
afterAll(() => started?.[Symbol.asyncDispose](), 60_000);

const SEND = `
import socket, sys
for address in sys.argv[1:]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    socket.socket(family, socket.SOCK_DGRAM).sendto(b"hello", (address, 50000))`;

/** Sends a datagram to each of some addresses; whether there is an echo is not waited for. */
async function send(from: Host, to: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await from.exec(['python3', '-c', SEND, ...to]);
  expect({ exitCode, stderr: String(stderr) }).toEqual({ exitCode: 0, stderr: '' });
}

/** On each network both versions of IP. */
const addressesOn = ({ interfaces }: Host, name: string) =>
  interfaces
    .filter(({ network }) => network === `${started.project}_${name}`)
    .flatMap(({ ipv4 = '', ipv6 = '' }) => [ipv4, ipv6]);

test('a host has an interface on each of its networks, and all of their addresses', async () => {
  const [a, b] = await Promise.all([lab.find('a'), lab.find('b')]);
  expect(a.interfaces).toMatchObject([
    { network: `${started.project}_aa`, mac: expect.stringMatching(/^02:/) },
    { network: `${started.project}_zz`, mac: expect.stringMatching(/^02:/) },
  ]);
  expect(a.addresses).toEqual([...addressesOn(a, 'aa'), ...addressesOn(a, 'zz')]);
  expect(b.addresses).toEqual(addressesOn(b, 'zz'));
});

test('a fault is for all addresses of its sender, on every network that the two share', async () => {
  const [a, d] = await Promise.all([lab.find('a'), lab.find('d')]);
  await using fault = await lab.impair({
    ...{ kind: 'loss', percent: 100, protocol: 'udp' },
    ...{ from: 'a', to: 'd' },
  });
  await send(a, d.addresses);
  const counters = async () => (await fault.report())[0]?.status.counters;
  await expect.poll(counters).toMatchObject({ matched: 4, lost: 4 });
});

test.for([
  { called: 'as Compose calls it', name: () => 'aa' },
  { called: 'by its full name', name: () => `${started.project}_aa` },
])('on one network, $called, a fault leaves the others alone', async ({ name }) => {
  const [a, d] = await Promise.all([lab.find('a'), lab.find('d')]);
  const args = ['break', 'loss', 'a', 'd', '--percent', '100', '--proto', 'udp'];
  const { stdout } = await commandLine(started.project, ...args, '--network', name());
  expect(stdout).toContain(`d/loss-1: a -> d, loss 100 %, only on ${started.project}_aa, only udp`);
  await send(a, [...addressesOn(d, 'zz'), ...addressesOn(d, 'aa')]);
  const counters = async () => (await lab.faults()).paths[0]?.status.counters;
  await expect.poll(counters).toMatchObject({ matched: 2, lost: 2 });
  await lab.heal(['d']);
});

test('the packets of a host that is not on the first network of the other are found', async () => {
  const [a, b] = await Promise.all([lab.find('a'), lab.find('b')]);
  await using fault = await lab.impair({ kind: 'partition', from: 'a', to: 'b', protocol: 'udp' });
  await send(a, b.addresses);
  const lost = async () => (await fault.report()).map(({ status }) => status.counters.lost);
  await expect.poll(lost).toEqual([2, 0]);
});

test.for([
  {
    what: 'two hosts without a network in common',
    args: ['c', 'b'],
    line: /"c" to host "b": they share no network: c is on \S+_aa; b is on \S+_zz$/,
  },
  {
    what: 'a network that only one of them is on',
    args: ['a', 'b', '--network', 'aa'],
    line: /"b": they do not share network "aa": a is on \S+_aa, \S+_zz; b is on \S+_zz$/,
  },
  {
    what: 'a network that there is not',
    args: ['a', 'b', '--network', 'bb'],
    line: /"b": they do not share network "bb": a is on /,
  },
])('a fault between $what is refused', async ({ args, line }) => {
  const { exitCode, stdout, stderr } = await commandLine(
    started.project,
    'break',
    'partition',
    ...args,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr.trim()).toMatch(line);
});

const SAID = 'b and side share one network: the fault is for both';

test('a fault on the network of one is one on that of both, and heals by either name', async () => {
  const begun = await commandLine(started.project, 'break', 'partition', 'a', 'side');
  expect(begun.stderr).toBe('');
  const lines = ['b/partition-1: a -> b, partition', 'a/partition-1: b -> a, partition', SAID];
  expect(begun.stdout.split('\n').slice(0, 3)).toEqual(lines);
  const { paths } = await lab.faults();
  expect(paths.map(({ from, to }) => `${from} -> ${to}`)).toEqual(['b -> a', 'a -> b']);
  const healed = await commandLine(started.project, 'heal', 'side', 'a');
  expect(healed.stdout.match(/^healed \S+/gm)?.sort()).toEqual([
    'healed a/partition-1:',
    'healed b/partition-1:',
  ]);
  const fromOwner = await commandLine(started.project, 'break', 'loss', 'b', 'a', '--percent', '1');
  expect(fromOwner.stdout).toContain(SAID);
  await lab.heal();
});

test('between the two there is no path to be broken', async () => {
  const args = ['break', 'loss', 'side', 'b', '--percent', '30'];
  const { exitCode, stderr } = await commandLine(started.project, ...args);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^socketlab: Cannot impair .* they share one network, and .*\n$/);
});
