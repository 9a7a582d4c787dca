/** What faults do to conversations that go on: those of our own clients, over TCP and UDP, over both families. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault, Host, Lab, PacketEvent } from '../../lab/index.ts';
import { packetPayload } from '../../lab/model/packet.ts';
import { familiesHere } from '../support/families.ts';
import { startLastingWire } from '../support/lasting-wire.ts';
import { ours } from '../support/programs.ts';
import { Service } from '../support/service.ts';
import { converse, startBothPairs } from '../support/services.ts';

let lab: Lab;
let tcpServer: Service;
let tcpClient: Host;
let udpServer: Service;
let udpClient: Host;
let lasting: Fault[];
beforeAll(async () => {
  ({ lab, tcpServer, tcpClient, udpServer, udpClient } = await startBothPairs());
  lasting = await Promise.all([
    startLastingWire(lab, { from: 'tcp-client', to: 'tcp-server' }),
    startLastingWire(lab, { from: 'udp-client', to: 'udp-echo-server' }),
  ]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const isSyn = ({ packet: { tcp } }: PacketEvent) => tcp?.flags.syn && !tcp.flags.ack;

test('a lost SYN is sent again, and the conversation succeeds', async () => {
  const talk = () => converse(tcpClient, { SERVER_HOST: tcpServer.host.name, FAMILY: 4 });
  expect((await talk()).exitCode).toBe(0);

  await using capture = await lab.capture(['tcp-client', 'tcp-server']);
  const captured = packetsOf(capture);
  {
    await using loss = await lab.impair({
      kind: 'loss',
      from: 'tcp-client',
      to: 'tcp-server',
      percent: 100,
      first: 1,
    });
    const during = await talk();
    expect(during.exitCode).toBe(0);
    expect(during.events.map(({ event }) => event)).toContain('received');
    expect((await loss.report())[0]?.status.counters.lost).toBe(1);
  }
  await capture.stop();
  const syns = (await captured).filter(isSyn);
  const sentAt = syns.filter(({ host }) => host === 'tcp-client').map(({ atNs }) => BigInt(atNs));
  expect(sentAt).toHaveLength(2);
  // RFC 6298, section 2: the first time-out is one second.
  expect(Number((sentAt[1] ?? 0n) - (sentAt[0] ?? 0n)) / 1e9).toBeGreaterThan(0.8);
  // A capture listens in front of the wire: what is lost was seen arriving.
  expect(new Set(syns.map(({ packet }) => packet.tcp?.sequenceNumber)).size).toBe(1);
  expect((await talk()).exitCode).toBe(0);
});

test('30 percent loss delays conversations over TCP, and breaks none', async () => {
  await using loss = await lab.impair({
    kind: 'loss',
    from: 'tcp-client',
    to: 'tcp-server',
    percent: 30,
    seed: 'tcp',
  });
  const env = { SERVER_HOST: tcpServer.host.name, COUNT: 5, INTERVAL_MS: 0, TIMEOUT_MS: 30_000 };
  const { exitCode, events } = await converse(tcpClient, env);
  expect(exitCode).toBe(0);
  expect(events.filter(({ event }) => event === 'received')).toHaveLength(5);
  expect((await loss.report())[0]?.status.counters.lost).toBeGreaterThan(0);
});

test('damage that checksums catch never reaches the application', async () => {
  const echoed = () => udpServer.log.events('echoed').length;
  const before = echoed();
  const MESSAGE = 'to be damaged';
  // An address, as on a busy machine to look a name up may take longer than the time limit.
  const SERVER_HOST = udpServer.host.ipv4 ?? '';
  await using capture = await lab.capture(['udp-echo-server']);
  const captured = packetsOf(capture);
  const talk = () => converse(udpClient, { SERVER_HOST, MESSAGE, TIMEOUT_MS: 100, RETRIES: 2 });
  {
    await using corrupt = await lab.impair({
      kind: 'corrupt',
      from: 'udp-client',
      to: 'udp-echo-server',
      percent: 100,
    });
    const { exitCode, events } = await talk();
    expect(exitCode).toBe(1);
    expect(events.filter(({ event }) => event === 'sent')).toHaveLength(3);
    expect((await corrupt.report())[0]?.status.counters.corrupted).toBe(3);
    expect(echoed()).toBe(before);
  }
  expect((await talk()).exitCode).toBe(0);
  await capture.stop();
  const requests = (await captured).filter(
    ({ packet, direction }) => packet.udp && direction === 'in',
  );
  expect(requests.map(({ packet }) => Buffer.from(packetPayload(packet)).toString())).toEqual(
    Array(4).fill(MESSAGE),
  );
});

test('a partition stops conversations of both protocols, over both families, and healing brings all back', async () => {
  const forEver = { COUNT: 0, INTERVAL_MS: 100, TIMEOUT_MS: 1500, RETRIES: 0 };
  const paths = familiesHere().flatMap(([, FAMILY]) =>
    [tcpServer, udpServer].map(({ name: server }) => {
      const role = server === 'tcp-server' ? 'tcp-client' : 'udp-client';
      return { FAMILY, server, role, name: `${role}-${FAMILY}` } as const;
    }),
  );
  const clients = await Promise.all(
    paths.map(({ role, name, server, FAMILY }) => {
      const env = { ...forEver, SERVER_HOST: server, FAMILY };
      return Service.start(lab, name, { ...ours(role), env });
    }),
  );
  const received = () => clients.map(({ log }) => log.events('received').length);
  await Promise.all(clients.map(({ log }) => log.event('received', 3)));
  expect(clients.flatMap(({ log }) => log.events('failed'))).toEqual([]);

  const partitions = await Promise.all(
    paths.map(({ name, server }) => lab.impair({ kind: 'partition', from: name, to: server })),
  );
  await Promise.all(clients.map(({ log }) => log.event('failed', 1)));
  const stopped = received();
  await Promise.all(clients.map(({ log }) => log.event('failed', 3)));
  expect(received()).toEqual(stopped);

  for (const partition of partitions) await partition.heal();
  await Promise.all(clients.map(({ log }, n) => log.event('received', (stopped[n] ?? 0) + 3)));
  for (const { host } of clients) expect((await host.refresh()).state).toBe('running');
  const left = (await lab.faults()).paths.map(({ id }) => id);
  expect(left.sort()).toEqual(lasting.map(({ id }) => id).sort());
});

/** Everything that a capture sees, until it is stopped. */
async function packetsOf(capture: AsyncIterable<PacketEvent>): Promise<PacketEvent[]> {
  const packets: PacketEvent[] = [];
  for await (const event of capture) packets.push(event);
  return packets;
}
