/** Packets that look alike, of which one is dropped and another one is let through: the timeline shows exactly that. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HeldPacket, Hold } from '../../lab/faults/hold.ts';
import { type Host, Lab, type PacketStep } from '../../lab/index.ts';
import { packetsOf, timelineOf } from '../../lab/timeline/testing/recorded.ts';
import { familiesHere } from '../support/families.ts';
import { python } from '../support/programs.ts';
import { Watched } from '../support/watched.ts';

const SERVER = `
from socket import *
import threading
s = socket(AF_INET6, SOCK_STREAM)
s.bind(('::', 50000))
s.listen()
u = socket(AF_INET6, SOCK_DGRAM)
u.bind(('::', 50000))
print('ready', flush=True)
threading.Thread(target=lambda: [s.accept()[0].close() for _ in iter(int, 1)]).start()
while True: u.recvfrom(2048)
`;

const CONNECT = `
import sys
from socket import *
create_connection((sys.argv[1], 50000), timeout=60)
`;

/** The kernel does not number the datagrams of a socket that is not connected. */
const REPEAT = `
import sys
from socket import *
u = socket(AF_INET6 if ':' in sys.argv[1] else AF_INET, SOCK_DGRAM)
for _ in range(4): u.sendto(b'same', (sys.argv[1], 50000))
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
  const client_ = "print('ready', flush=True); import signal; signal.pause()";
  [server, client] = await Promise.all([start('server', SERVER), start('client', client_)]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

async function take(hold: Hold, count: number): Promise<HeldPacket[]> {
  const held: HeldPacket[] = [];
  while (held.length < count) {
    const next = await hold.next();
    if (next === undefined) break;
    held.push(next);
  }
  return held;
}

/** What became of each packet that a test is about. */
function fatesOf({ events }: Watched, isMeant: (step: PacketStep) => boolean): string[] {
  const { steps } = timelineOf(events, { latenessMs: 60_000 });
  return packetsOf(steps)
    .filter(isMeant)
    .map(({ delivery, fates }) => [delivery, ...fates.map(({ fate }) => fate)].join(' '));
}

test.for(familiesHere())(
  'of SYN-ACKs over %s, the one that is let through is shown to arrive',
  async ([, , address]) => {
    await using watch = await lab.watch();
    const watched = new Watched(watch);
    const hold = await lab.hold({ from: 'server', to: 'client', bothWays: false, protocol: 'tcp' });
    const connected = client.exec(['python3', '-c', CONNECT, server[address] ?? '']);
    // The server's kernel repeats it after a second.
    const [first, second] = await take(hold, 2);
    await second?.deliver();
    await first?.drop();
    await hold[Symbol.asyncDispose]();
    expect((await connected).exitCode).toBe(0);
    const isSynAck = ({ packet, from }: PacketStep) =>
      from === 'server' && packet.tcp?.flags.syn === true;
    await expect
      .poll(() => fatesOf(watched, isSynAck).slice(0, 2))
      .toEqual(['lost held lost', 'arrived held delivered']);
  },
);

test.for(familiesHere())(
  'of equal datagrams over %s, each is shown to meet its own decision',
  async ([, , address]) => {
    await using watch = await lab.watch();
    const watched = new Watched(watch);
    await using hold = await lab.hold({
      from: 'client',
      to: 'server',
      bothWays: false,
      protocol: 'udp',
    });
    await client.exec(['python3', '-c', REPEAT, server[address] ?? '']);
    const [one, two, three, four] = await take(hold, 4);
    await four?.deliver();
    await three?.drop();
    await one?.drop();
    await two?.deliver();
    await expect
      .poll(() => fatesOf(watched, ({ packet }) => packet.udp?.destinationPort === 50_000))
      .toEqual([
        'lost held lost',
        'arrived held delivered',
        'lost held lost',
        'arrived held delivered',
      ]);
  },
);
