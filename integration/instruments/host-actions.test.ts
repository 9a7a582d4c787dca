/** `break` pause, kill, stop and restart: what becomes of the clients of a host, over TCP and UDP, over both families. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Capture, type Host, Lab, type PacketEvent } from '../../lab/index.ts';
import { commandLine } from '../support/command-line.ts';
import { familiesHere } from '../support/families.ts';
import { ours } from '../support/programs.ts';
import { Service } from '../support/service.ts';
import { startService } from '../support/services.ts';

const pairs = [
  ['tcp-client', 'tcp-server'],
  ['udp-client', 'udp-echo-server'],
] as const;
const servers = pairs.map(([, server]) => server);

let lab: Lab;
/** Four that go on for ever: one a protocol and family. */
let clients: Service[];
let capture: Capture;
/** All that they send and receive. */
const packets: PacketEvent[] = [];
beforeAll(async () => {
  lab = await Lab.start();
  await Promise.all(servers.map((role) => startService(lab, role)));
  const all = pairs.flatMap(([role, server]) =>
    familiesHere().map(([, FAMILY]) => startClient(role, { SERVER_HOST: server, FAMILY })),
  );
  clients = await Promise.all(all);
  capture = await lab.capture(clients.map(({ name }) => name));
  void Array.fromAsync(capture, (event) => packets.push(event));
});
afterAll(async () => {
  await capture?.stop();
  await lab?.[Symbol.asyncDispose]();
});

function startClient(
  role: (typeof pairs)[number][0],
  env: Readonly<Record<string, string>>,
): Promise<Service> {
  const forEver = { COUNT: 0, INTERVAL_MS: 100, TIMEOUT_MS: 500, RETRIES: 0 };
  const name = `${role}-${env['FAMILY']}`;
  return Service.start(lab, name, { ...ours(role), env: { ...forEver, ...env } });
}

/** Waits until every client has logged so many more events of a kind. */
async function more(event: 'received' | 'failed', count: number): Promise<void> {
  await Promise.all(clients.map(({ log }) => log.event(event, log.events(event).length + count)));
}

async function ok(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await commandLine(lab.name, ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

const logOf = async (host: Host) =>
  (await Array.fromAsync(host.logs())).map(({ line }) => line).join('\n');
const isFromServer = ({ direction, packet: { tcp, udp } }: PacketEvent) =>
  direction === 'in' && (tcp ?? udp)?.sourcePort === 50_000;

const nowNs = () => BigInt(Date.now()) * 1_000_000n;

/** The packets captured in a period. It is over for a client when that has sent or received a later packet. */
async function packetsIn(sinceNs: bigint, untilNs: bigint): Promise<PacketEvent[]> {
  const isLater = ({ atNs }: PacketEvent) => BigInt(atNs) > untilNs;
  const haveMore = () => new Set(packets.filter(isLater).map(({ host }) => host)).size;
  await expect.poll(haveMore).toBe(clients.length);
  return packets.filter((event) => BigInt(event.atNs) >= sinceNs && !isLater(event));
}

// The kernel of a paused host still shakes hands. `left` is what the second heal names; without names it looks for rules in every host.
const actions = [
  { action: 'pause', state: 'paused', words: 'paused', shakesHands: true, left: ['tcp-server'] },
  {
    action: 'kill',
    state: 'exited',
    words: 'ended, exit code 137',
    shakesHands: false,
    left: ['tcp-server'],
  },
  {
    action: 'stop',
    state: 'exited',
    words: 'ended, exit code 0',
    shakesHands: false,
    left: [],
  },
] as const;

test.for(actions)(
  'clients of a server get nothing after $action, and go on when it is healed',
  async (row) => {
    const fault = row.action === 'pause' ? 'paused' : 'ended';
    await more('received', 3);
    for (const server of servers) {
      expect(await ok('break', row.action, server)).toContain(
        `./socketlab heal ${server}/${fault}\n`,
      );
      expect((await lab.find(server)).state).toBe(row.state);
    }
    await more('failed', 1);
    const before = clients.map(({ log }) => log.events('received').length);
    const sinceNs = nowNs();
    await more('failed', 2);
    const untilNs = nowNs();
    expect(clients.map(({ log }) => log.events('received').length)).toEqual(before);
    const listed = await ok('faults');
    for (const server of servers)
      expect(listed).toMatch(new RegExp(`^${server}/${fault} .* ${row.words}$`, 'm'));

    expect(await ok('heal', `udp-echo-server/${fault}`)).not.toContain('tcp-server');
    expect(await ok('heal', ...row.left)).toBe(
      `healed tcp-server/${fault}: tcp-server is running\n`,
    );
    await more('received', 3);
    expect(await lab.faults()).toEqual({ paths: [], hosts: [] });

    const answers = (await packetsIn(sinceNs, untilNs)).filter(isFromServer);
    expect(answers.filter(({ packet }) => packet.payloadLength > 0)).toEqual([]);
    expect(answers.some(({ packet }) => packet.tcp?.flags.syn)).toBe(row.shakesHands);
  },
);

test('a server that is stopped finishes its work, and one that is killed does not', async () => {
  const server = await lab.find('tcp-server');
  const stops = async () => (await logOf(server)).split('"event":"stopping"').length - 1;
  const already = await stops();
  await server.kill();
  expect(await stops()).toBe(already);
  await server.start();
  await more('received', 1);
  await server.stop();
  expect(await stops()).toBe(already + 1);
  await server.start();
});

test('clients of a host that restarts carry on', async () => {
  await more('received', 1);
  for (const server of servers) {
    const { startedAt } = await lab.find(server);
    expect(await ok('break', 'restart', server)).toBe(`${server} has restarted\n`);
    expect((await lab.find(server)).startedAt.getTime()).toBeGreaterThan(startedAt.getTime());
  }
  await more('received', 3);
  expect(await ok('faults')).toBe('no faults\n');
});

test('a host that has ended by itself is listed with its exit code, and started by heal', async () => {
  const env = { SERVER_HOST: 'nobody', TIMEOUT_MS: 500 };
  const short = await Service.start(lab, 'short', { ...ours('tcp-client'), env });
  expect(await short.exitCode()).toBe(1);
  expect(await ok('faults')).toMatch(/^short\/ended +short +ended, exit code 1$/m);
  expect(await ok('heal')).toMatch(
    /^nothing was broken\nshort has ended by itself, exit code 1; start/,
  );
  expect(await ok('heal', 'short/ended')).toBe('healed short/ended: short is running\n');
});
