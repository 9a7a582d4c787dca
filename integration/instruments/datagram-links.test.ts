/** What a watch reports about datagrams that one call sends at once, and about those that nobody reads. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../lab/explain/testing/words-of.ts';
import { type Host, Lab } from '../../lab/index.ts';
import type { PacketStep, Step } from '../../lab/timeline/step.ts';
import {
  callsOf,
  linkedSteps,
  packetsOf,
  timelineOf,
} from '../../lab/timeline/testing/recorded.ts';
import { familiesHere } from '../support/families.ts';
import { python } from '../support/programs.ts';
import { Watched } from '../support/watched.ts';

const SERVER = `
from socket import *
s = socket(AF_INET6, SOCK_DGRAM)
s.bind(('::', 50000))
print('ready', flush=True)
while True: s.recvfrom(2048)
`;

/** To each address: ten datagrams at once (UDP_SEGMENT is 103), and three to a port that nobody has. */
const CLIENT = `
import os, select, struct
from socket import *
os.mkfifo('/tmp/go')
print('ready', flush=True)
kept = []
for address in open('/tmp/go').read().split():
    family = AF_INET6 if ':' in address else AF_INET
    c = socket(family, SOCK_DGRAM)
    text = b''.join(b'%04d' % number for number in range(3000))
    c.sendmsg([text], [(17, 103, struct.pack('H', 1200))], 0, (address, 50000))
    u = socket(family, SOCK_DGRAM)
    kept.append(u)
    u.connect((address, 50001))
    errors = select.poll()
    errors.register(u, 0)
    u.send(b'first')
    errors.poll()
    try: u.send(b'second')
    except ConnectionRefusedError: pass
    u.send(b'third')
    errors.poll()
print('done', flush=True)
select.poll().poll()
`;

let lab: Lab;
let client: Host;
let server: Host;
beforeAll(async () => {
  lab = await Lab.start();
  const start = (name: string, program: string) =>
    lab.startHost(name, {
      ...python(''),
      entrypoint: ['python3', '-c', program],
      command: [],
      ready: /ready/,
    });
  [server, client] = await Promise.all([start('server', SERVER), start('client', CLIENT)]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

/** However late a busy machine reports something: its meaning is decided once everything has arrived. */
const stepsOf = ({ events }: Watched) => timelineOf(events, { latenessMs: 60_000 }).steps;

function errorsOf(steps: readonly Step[]): PacketStep[] {
  return packetsOf(steps).filter(({ packet }) => packet.icmp ?? packet.icmpv6);
}

test('each datagram is linked with the call that reads it, and each ICMP error with the call that reports it, if one does', async () => {
  await using watch = await lab.watch();
  const watched = new Watched(watch);
  const addresses = familiesHere().flatMap(([, , address]) => server[address] ?? []);
  await client.exec(['sh', '-c', `echo ${addresses.join(' ')} > /tmp/go`]);
  const count = addresses.length;
  const counts = () => {
    const steps = stepsOf(watched);
    const reads = callsOf(steps, 'recvfrom').filter(({ call }) => call.result === 1200);
    const sends = [...callsOf(steps, 'sendmsg'), ...callsOf(steps, 'sendto')];
    const arrived = packetsOf(steps).filter(({ endNs }) => endNs !== undefined);
    return [reads.length, sends.length, arrived.length];
  };
  // Ten datagrams, two to the port that nobody has, and their errors: some calls are reported before what they read.
  await expect.poll(counts).toEqual([10 * count, 4 * count, 14 * count]);

  const steps = stepsOf(watched);
  for (const sender of callsOf(steps, 'sendmsg')) {
    const datagrams = linkedSteps(steps, sender, 'caused');
    const readers = datagrams.flatMap((datagram) => linkedSteps(steps, datagram, 'completed'));
    const numbers = Array.from({ length: 10 }, (_, at) => String(300 * at).padStart(4, '0'));
    for (const told of [datagrams, readers])
      expect(told.map((step) => /"(\d{4})/.exec(titleOf(step) ?? '')?.[1])).toEqual(numbers);
  }
  for (const [at, error] of errorsOf(steps).entries()) {
    const told = linkedSteps(steps, error, 'completed');
    expect(told.map(titleOf)).toEqual(at % 2 === 0 ? ['sendto ECONNREFUSED'] : []);
    if (at % 2 === 1) expect(sentenceOf(error)).toMatch(/none has reported it yet\.$/);
    else expect(sentenceOf(told[0])).toMatch(/Its own message was never sent\.$/);
  }
});

const SEND_AT_ONCE = `
import struct, sys
from socket import *
address = sys.argv[1]
s = socket(AF_INET6 if ':' in address else AF_INET, SOCK_DGRAM)
for _ in range(3):
    s.sendmsg([b'x' * 10_000], [(17, 103, struct.pack('H', 1000))], 0, (address, 50000))
`;

/** Datagrams over both families that the server's program has read since its host started (proc_net_snmp, RFC 4113). */
async function readByServer(): Promise<number> {
  const { stdout } = await server.exec(['cat', '/proc/net/snmp', '/proc/net/snmp6']);
  const text = stdout.toString();
  const [, over4] = /^Udp: (\d+)/m.exec(text) ?? [];
  const [, over6] = /^Udp6InDatagrams\s+(\d+)/m.exec(text) ?? [];
  return Number(over4) + Number(over6 ?? 0);
}

test('of datagrams that are sent at once none is missing that a fault has delivered', async () => {
  const before = await readByServer();
  const addresses = familiesHere().flatMap(([, , address]) => server[address] ?? []);
  const path = { from: 'client', to: 'server', protocol: 'udp' } as const;
  // So late that all of a new conversation wait in the wire together.
  await using fault = await lab.impair({ kind: 'delay', delayMs: 100, ...path });
  for (const address of addresses) await client.exec(['python3', '-c', SEND_AT_ONCE, address]);
  const sent = 30 * addresses.length;
  const delivered = async () => (await fault.report())[0]?.status.counters.delivered;
  await expect.poll(delivered).toBe(sent);
  await expect.poll(async () => (await readByServer()) - before).toBe(sent);
});
