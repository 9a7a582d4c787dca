/** Hosts on two networks: faults are for all of a host's addresses, or for those on one network; captures are of all interfaces. */
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host, Lab, PacketEvent } from '../../lab/index.ts';
import { linkLocalOf } from '../../lab/model/link-local.ts';
import { commandLine } from '../support/command-line.ts';
import { type ComposeLab, startComposeLab } from '../support/compose-lab.ts';
import { docker } from '../support/docker.ts';
import { familiesHere } from '../support/families.ts';
import { inNetworkOf } from '../support/remains.ts';

let started: ComposeLab;
let lab: Lab;
beforeAll(async () => {
  started = await startComposeLab('networks.yaml');
  lab = started.lab;
});
afterAll(() => started?.[Symbol.asyncDispose]());

const NAMES = ['a', 'b', 'c', 'd'] as const;

async function found(): Promise<Record<(typeof NAMES)[number], Host>> {
  const [a, b, c, d] = await Promise.all(NAMES.map((name) => lab.find(name)));
  if (!(a && b && c && d)) throw new Error('a host is missing');
  return { a, b, c, d };
}

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

const isDatagram = ({ packet }: PacketEvent) => packet.udp?.destinationPort === 50_000;

/** The first so many datagrams to an echo server. */
async function datagramsOf(capture: AsyncIterable<PacketEvent>, count: number) {
  const found: PacketEvent[] = [];
  for await (const event of capture) {
    if (isDatagram(event)) found.push(event);
    if (found.length === count) break;
  }
  return found;
}

async function untilDatagram(
  packets: AsyncIterator<PacketEvent>,
  isIt: (event: PacketEvent) => boolean,
): Promise<void> {
  for (;;) {
    const { value, done } = await packets.next();
    if (done) throw new Error('the capture has ended');
    if (isDatagram(value) && isIt(value)) return;
  }
}

/** On each network as many as there are versions of IP here. */
const addressesOn = ({ interfaces }: Host, name: string) =>
  interfaces
    .filter(({ network }) => network === `${started.project}_${name}`)
    .flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].filter((one) => one !== undefined));
const versions = familiesHere().length;

test('a host has an interface on each of its networks, and all of their addresses', async () => {
  const { a, b } = await found();
  expect(a.interfaces).toMatchObject([
    { network: `${started.project}_aa`, mac: expect.stringMatching(/^02:/) },
    { network: `${started.project}_zz`, mac: expect.stringMatching(/^02:/) },
  ]);
  expect(a.addresses).toEqual([...addressesOn(a, 'aa'), ...addressesOn(a, 'zz')]);
  expect(b.addresses).toEqual(addressesOn(b, 'zz'));
});

test('a fault is for all addresses of its sender, on every network that the two share', async () => {
  const { a, d } = await found();
  await using fault = await lab.impair({
    kind: 'loss',
    percent: 100,
    protocol: 'udp',
    from: 'a',
    to: 'd',
  });
  await send(a, d.addresses);
  const counters = async () => (await fault.report())[0]?.status.counters;
  await expect.poll(counters).toMatchObject({ matched: 2 * versions, lost: 2 * versions });
});

const SEND_ON_LINK = `
import socket, sys
sender = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
for index, name in socket.if_nameindex():
    if name != "lo":
        sender.sendto(b"hello", (sys.argv[1], 50000, 0, index))`;

test('a fault is also for what is sent from a link-local address of IPv6', async () => {
  const { a, b } = await found();
  await using fault = await lab.impair({
    kind: 'loss',
    percent: 100,
    protocol: 'udp',
    from: 'a',
    to: 'b',
    network: 'zz',
  });
  const to = linkLocalOf(b.interfaces[0]?.mac ?? '') ?? '';
  // Only on the interface of that network there is such a neighbour.
  expect(await a.exec(['python3', '-c', SEND_ON_LINK, to])).toMatchObject({ exitCode: 0 });
  const counters = async () => (await fault.report())[0]?.status.counters;
  await expect.poll(counters).toMatchObject({ matched: 1, lost: 1 });
});

test.for([
  { called: 'as Compose calls it', name: () => 'aa' },
  { called: 'by its full name', name: () => `${started.project}_aa` },
])('on one network, $called, a fault leaves the others alone', async ({ name }) => {
  const { a, d } = await found();
  const args = ['break', 'loss', 'a', 'd', '--percent', '100', '--protocol', 'udp'];
  const { stdout } = await commandLine(started.project, ...args, '--network', name());
  expect(stdout).toContain(`: a -> d, loss 100 %, only on ${started.project}_aa, only udp`);
  await send(a, [...addressesOn(d, 'zz'), ...addressesOn(d, 'aa')]);
  const counters = async () => (await lab.faults()).paths[0]?.directions[0].status.counters;
  await expect.poll(counters).toMatchObject({ matched: versions, lost: versions });
  await lab.heal(['d']);
});

test('the packets of a host that is not on the first network of the other are found', async () => {
  const { a, b } = await found();
  await using fault = await lab.impair({ kind: 'partition', from: 'a', to: 'b', protocol: 'udp' });
  await send(a, b.addresses);
  const lost = async () => (await fault.report()).map(({ status }) => status.counters.lost);
  await expect.poll(lost).toEqual([versions, 0]);
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

describe('a capture of a host on two networks', () => {
  test('has the packets of both, each with its interface, whatever that is called', async () => {
    const { a, b, c } = await found();
    await inNetworkOf(a, 'ip link set eth1 name lan7');
    const capture = await lab.capture(['a']);
    expect(capture.interfaces.sort()).toEqual(['a:eth0', 'a:lan7']);
    await send(a, [c.ipv4 ?? '', b.ipv4 ?? '']);
    const sent = datagramsOf(capture, 2);
    const seen = (await sent).map(({ interface: at, direction, packet }) => ({
      at,
      direction,
      to: packet.ipv4?.destination,
    }));
    await capture.stop();
    const networkAt = { [c.ipv4 ?? '']: 'aa', [b.ipv4 ?? '']: 'zz' };
    expect(seen.map(({ direction }) => direction)).toEqual(['out', 'out']);
    expect(new Set(seen.map(({ at }) => at)).size).toBe(2);
    expect(seen.map(({ to = '' }) => networkAt[to]).sort()).toEqual(['aa', 'zz']);
  });

  test('has an interface each in a file for Wireshark', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-'));
    const file = join(folder.path, 'a.pcapng');
    const command = commandLine(started.project, 'capture', 'a', '-o', file, '--for', '1ms');
    const { exitCode } = await command;
    expect(exitCode).toBe(0);
    const names = String(await readFile(file)).match(/a:(eth0|lan7)/g);
    expect([...new Set(names)].sort()).toEqual(['a:eth0', 'a:lan7']);
  });

  test('goes on while it joins another network, and leaves it', async () => {
    const { a, b, c } = await found();
    const zz = docker.getNetwork(`${started.project}_zz`);
    const troubles: unknown[] = [];
    const capture = await lab.capture(['c'], { onTrouble: (error) => troubles.push(error) });
    expect(capture.interfaces).toEqual(['c']);
    const packets = capture[Symbol.asyncIterator]();
    await zz.connect({ Container: c.id });
    await expect
      .poll(async () => {
        await send(c, [b.ipv4 ?? '']);
        return capture.interfaces;
      })
      .toEqual(['c', 'c:eth1']);
    await send(c, [b.ipv4 ?? '']);
    await untilDatagram(
      packets,
      (event) => event.interface === 'eth1' && event.direction === 'out',
    );
    await zz.disconnect({ Container: c.id });
    await send(c, [a.ipv4 ?? '']);
    await untilDatagram(
      packets,
      (event) => event.interface === undefined && event.direction === 'out',
    );
    await capture.stop();
    expect(troubles).toEqual([]);
  });
});
