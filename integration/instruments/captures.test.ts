import { execFile } from 'node:child_process';
import { mkdtempDisposable, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { containersWith } from '../../lab/engine/containers.ts';
import { OWNER, PURPOSE } from '../../lab/engine/labels.ts';
import {
  describePacket,
  type Host,
  type Lab,
  type LabError,
  type PacketEvent,
} from '../../lab/index.ts';
import { packetPayload } from '../../lab/model/packet.ts';
import { CommandLine, commandLine } from '../support/command-line.ts';
import { docker } from '../support/docker.ts';
import { families, familiesHere } from '../support/families.ts';
import { probesOf } from '../support/remains.ts';
import { burst, converse, type Service, startBothPairs } from '../support/services.ts';

let lab: Lab;
let tcpServer: Service;
let tcpClient: Host;
let udpServer: Service;
let udpClient: Host;
beforeAll(async () => {
  ({ lab, tcpServer, tcpClient, udpServer, udpClient } = await startBothPairs());
});
afterAll(() => lab?.[Symbol.asyncDispose]());

describe('both ends', () => {
  const MESSAGE = 'Grüße, 世界! 👋';
  const BURST = 200;
  let events: PacketEvent[];
  beforeAll(async () => {
    const hosts = [tcpClient, tcpServer.host, udpClient, udpServer.host];
    events = await captured(hosts, async () => {
      for (const [, FAMILY] of familiesHere()) {
        const { exitCode } = await converse(tcpClient, { SERVER_HOST: 'tcp-server', FAMILY });
        expect(exitCode).toBe(0);
        await converse(udpClient, { SERVER_HOST: 'udp-echo-server', FAMILY, MESSAGE });
      }
      await burst(udpClient, udpServer.ipv4, { text: 'burst', count: BURST, bytes: 1400 });
    });
  });

  test.for(families)('a conversation over TCP and %s is seen at both ends', ([, , address]) => {
    const segments = events.filter(({ packet }) => packet.tcp !== undefined && packet[address]);
    const atClient = segments.filter(({ host }) => host === tcpClient.name);
    const atServer = segments.filter(({ host }) => host === tcpServer.host.name);
    expect(atClient.slice(0, 3).map(inShort)).toEqual(['out SYN', 'in SYN, ACK', 'out ACK']);
    expect(atServer.slice(0, 3).map(inShort)).toEqual(['in SYN', 'out SYN, ACK', 'in ACK']);
    expect(segments.every(({ packet }) => packet.notes.length === 0)).toBe(true);
    for (const [n, sent] of atClient.slice(0, 3).entries()) {
      expect(atServer[n]?.packet.tcp?.sequenceNumber).toBe(sent.packet.tcp?.sequenceNumber);
    }
    expect(atClient[0]?.packet[address]).toMatchObject({
      source: tcpClient[address],
      destination: tcpServer.host[address],
    });
    // Both are on one clock: a packet leaves before it arrives.
    const times = [atClient[0], atServer[0], atServer[1], atClient[1]].map((event) => event?.atNs);
    expect(times).toEqual(times.toSorted());
  });

  test('every packet of a burst is captured at both ends, however large it is', () => {
    for (const host of [udpClient, udpServer.host]) {
      const seen = events.filter(
        (event) => event.host === host.name && textOf(event).startsWith('burst '),
      );
      expect(seen.every(({ packet }) => packet.udp?.destinationPort === 50_000)).toBe(true);
      expect(new Set(seen.map(({ packet }) => packet.ipv4?.identification)).size).toBe(BURST);
    }
  });

  test.for(families)('an exchange over UDP and %s is seen at both ends', ([, , address]) => {
    const datagrams = events.filter(
      (event) => event.packet.udp && event.packet[address] && !textOf(event).includes('burst '),
    );
    const texts = (host: Host) =>
      datagrams
        .filter((event) => event.host === host.name)
        .map((event) => `${event.direction} ${textOf(event)}`);
    expect(texts(udpClient)).toEqual([`out ${MESSAGE}`, `in Echo: ${MESSAGE}`]);
    expect(texts(udpServer.host)).toEqual([`in ${MESSAGE}`, `out Echo: ${MESSAGE}`]);
    const ports = datagrams.map(({ packet: { udp } }) => [udp?.sourcePort, udp?.destinationPort]);
    expect(ports.every((ends) => ends.includes(50_000))).toBe(true);
    const [first] = datagrams;
    expect(first && describePacket(first.packet)).toContain(udpClient[address] ?? 'its address');
  });
});

test('a capture sees what its own host sends and receives, and nothing of other hosts', async () => {
  const events = await captured([udpServer.host], async () => {
    await converse(tcpClient, { SERVER_HOST: 'tcp-server' });
    await converse(udpClient, { SERVER_HOST: 'udp-echo-server' });
  });
  expect(new Set(events.map(({ host }) => host))).toEqual(new Set(['udp-echo-server']));
  expect(events.filter(({ packet }) => packet.tcp !== undefined)).toEqual([]);
});

test('the file of a capture opens in tshark without a warning, with both handshakes', async (context) => {
  const hasTshark = await tshark('--version').then(
    () => true,
    () => false,
  );
  context.skip(!hasTshark, 'tshark is missing: apt-get install tshark');
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const file = `${folder.path}/lab.pcapng`;
  const capture = new CommandLine(lab.name, ['capture', '-o', file, '--for', '60s']);
  // Its head is written when every host is listened to.
  await expect.poll(() => sizeOf(file)).toBeGreaterThan(0);
  for (const [, FAMILY] of familiesHere()) {
    await converse(tcpClient, { SERVER_HOST: 'tcp-server', FAMILY });
    await converse(udpClient, { SERVER_HOST: 'udp-echo-server', FAMILY });
  }
  capture.kill('SIGTERM');
  const { exitCode, stderr } = await capture.ended;
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/captured \d+ packets?$/m);

  const read = (...args: string[]) => tshark('-r', file, '-T', 'fields', ...args);
  const names = await read('-e', 'frame.interface_name', '-e', 'frame.time_epoch');
  expect(warnings(names.stderr)).toEqual([]);
  const rows = names.stdout.trim().split('\n');
  const hosts = ['tcp-client', 'tcp-server', 'udp-client', 'udp-echo-server'];
  expect([...new Set(rows.map((row) => row.split('\t')[0]))].sort()).toEqual(hosts);
  const fractions = rows.map((row) => /\.(\d{9})$/.exec(row)?.[1] ?? 'none');
  expect(fractions).not.toContain('none');
  expect(fractions.some((fraction) => !fraction.endsWith('000'))).toBe(true);

  const count = async (filter: string) => {
    const { stdout } = await read('-e', 'frame.number', '-Y', filter);
    return stdout.split('\n').filter((line) => line !== '').length;
  };
  // One conversation a family, each seen at two hosts.
  const { length } = familiesHere();
  expect(await count('tcp.flags.syn == 1 && tcp.flags.ack == 0')).toBe(2 * length);
  expect(await count('tcp.flags.syn == 1 && tcp.flags.ack == 1')).toBe(2 * length);
  expect(await count('ip && udp.dstport == 50000')).toBe(2);
  expect(await count('ipv6 && udp.srcport == 50000')).toBe(2 * (length - 1));
  expect(await count('_ws.malformed')).toBe(0);
});

test('a capture with --for ends by itself, and reports the number of packets', async () => {
  const { exitCode, stdout, stderr } = await commandLine(
    lab.name,
    'capture',
    'udp-echo-server',
    'udp-client',
    '--for',
    '500ms',
  );
  expect(stderr).toMatch(/captured \d+ packets?$/m);
  expect({ exitCode, stdout: stdout.includes('tcp-') }).toEqual({ exitCode: 0, stdout: false });
  expect(await probesOf(udpClient)).toEqual([]);
});

test('packets that come faster than they are read are counted, and reported as missed', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const file = `${folder.path}/lab.pcapng`;
  const capture = new CommandLine(lab.name, ['capture', 'udp-client', '-o', file]);
  await expect.poll(() => sizeOf(file)).toBeGreaterThan(0);
  const observer = await observerOf(capture);
  await observer.pause();
  // Each is some forty packets, and the kernel's buffer has room for 14,000 of those.
  await burst(udpClient, udpServer.ipv4, { text: 'too fast', count: 1000, bytes: 60_000 });
  await observer.unpause();
  capture.kill('SIGINT');
  const { exitCode, stderr } = await capture.ended;
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/captured \d+ packets\nsocketlab: \d+ packets more came too fast/);
  expect(await containersWith(`${OWNER}=${capture.owner}`)).toEqual([]);
});

test('a capture reports at once that it no longer sees a host that has restarted, and continues with the others', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const file = `${folder.path}/lab.pcapng`;
  const hosts = ['tcp-server', 'udp-client'];
  const command = new CommandLine(lab.name, ['capture', ...hosts, '-o', file]);
  await expect.poll(() => sizeOf(file)).toBeGreaterThan(0);
  const lost = Promise.withResolvers<LabError>();
  await using capture = await lab.capture(hosts, { onTrouble: lost.resolve });
  const events = Array.fromAsync(capture);
  await tcpServer.host.restart();
  const message =
    'Cannot capture at host "tcp-server" any longer: it has ended; when it is started again, it has a new network';
  expect(await lost.promise).toMatchObject({ code: 'HOST_NOT_RUNNING', message });
  await burst(udpClient, udpServer.ipv4, { text: 'after it', count: 1 });
  await capture.stop();
  expect((await events).some(({ packet }) => packet.udp !== undefined)).toBe(true);
  command.kill('SIGINT');
  const { exitCode, stderr } = await command.ended;
  expect({ exitCode, told: stderr.split('\n')[0] }).toEqual({
    exitCode: 0,
    told: `socketlab: ${message}`,
  });
});

const unwritable = [
  ['/no-such-folder/lab.pcapng', 'there is no folder "/no-such-folder"'],
  [tmpdir(), 'it is a folder'],
] as const;

test.for(unwritable)('%s cannot be written: one clear line, and no probe is left', async (bad) => {
  const [file, why] = bad;
  const { exitCode, stderr } = await commandLine(lab.name, 'capture', 'tcp-server', '-o', file);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(`socketlab: Cannot write "${file}": ${why}\n`);
  expect(await probesOf(tcpServer.host)).toEqual([]);
});

async function observerOf({ owner }: CommandLine) {
  const owned = await containersWith(`${OWNER}=${owner}`);
  return docker.getContainer(owned.find(({ Labels }) => Labels[PURPOSE] === 'observer')?.Id ?? '');
}

/** What hosts send and get while something is done. */
async function captured(
  hosts: readonly Host[],
  action: () => Promise<void>,
): Promise<PacketEvent[]> {
  await using capture = await lab.capture(hosts.map(({ name }) => name));
  expect(capture.hosts).toEqual(hosts.map(({ name }) => name));
  await action();
  await capture.stop();
  expect(await capture.missed()).toBe(0);
  const events: PacketEvent[] = [];
  for await (const event of capture) events.push(event);
  return events;
}

const textOf = ({ packet }: PacketEvent) => Buffer.from(packetPayload(packet)).toString();

/** A segment of a handshake, as in `out SYN, ACK`. */
function inShort({ direction, packet: { tcp } }: PacketEvent): string {
  const flags = [tcp?.flags.syn && 'SYN', tcp?.flags.ack && 'ACK'].filter((flag) => flag);
  return `${direction} ${flags.join(', ')}`;
}

function tshark(...args: string[]) {
  return promisify(execFile)('tshark', ['-n', ...args]);
}

/** What tshark complains of; that it is run by root is none of the file's business. */
function warnings(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !/^Running as user "root"/.test(line));
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
}

test('packets for a host that has just gone are not seen at the others, though their bridge floods them', async () => {
  const address = udpServer.ipv4;
  // It knows where that is.
  await burst(udpClient, address, { text: 'there', count: 1, bytes: 100 });
  await udpServer.host.kill();
  const events = await captured([udpClient, tcpClient], () =>
    burst(udpClient, address, { text: 'gone', count: 5, bytes: 100 }),
  );
  await udpServer.host.start();
  const datagrams = events.filter(({ packet }) => packet.udp?.destinationPort === 50_000);
  expect(datagrams.filter(({ host }) => host === udpClient.name)).toHaveLength(5);
  expect(datagrams.filter(({ host }) => host === tcpClient.name)).toEqual([]);
});
