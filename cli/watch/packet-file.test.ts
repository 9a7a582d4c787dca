import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPcapng } from '../../lab/capture/pcap/pcapng-read.ts';
import type { LabEvent } from '../../lab/index.ts';
import { arrives, call, fate, leaves, passes } from '../../lab/timeline/testing/by-hand.ts';
import { follow } from './follow.ts';
import { PacketFile } from './packet-file.ts';
import { Selection } from './selection.ts';

const there = { from: '10.0.0.1:1000', to: '10.0.0.2:2000' };
const back = { from: there.to, to: there.from };

/** What a file says of each packet: where it was seen, and its comment. */
async function written(events: readonly LabEvent[]): Promise<string[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-packets-'));
  const file = join(folder.path, 'lab.pcapng');
  const source = {
    what: '',
    isLive: false,
    stop() {},
    async [Symbol.asyncDispose]() {},
    events: (async function* () {
      yield* events;
    })(),
  };
  await follow(source, new Selection({}), [await PacketFile.open(file)]);
  return Array.from(
    readPcapng(await readFile(file)),
    ({ host, direction, comment = '' }) => `${host} ${direction}: ${comment}`,
  );
}

test('a packet seen at both ends is written once, as it left, with the calls of both', async () => {
  const words = 'a question that is longer than any title may be, as it has more than 40 letters';
  const sent = { ...there, atMs: 10, data: words };
  const data = { bytes: words.length, preview: words };
  const [local, remote] = [
    { address: '10.0.0.1', port: 1000 },
    { address: '10.0.0.2', port: 2000 },
  ];
  const socket = { fd: 3, protocol: 'udp', local, remote } as const;
  const asked = call('h1', 9, { call: 'send', socket, data, result: words.length });
  const heard = call('h2', 0, {
    call: 'recvfrom',
    peer: local,
    data,
    result: words.length,
    tookNs: 11e6,
    socket: { ...socket, local: remote, remote: local },
  });
  const events = [heard, asked, ...passes(sent)];
  expect(await written([...events, ...passes({ ...back, atMs: 20, id: 7 })])).toEqual([
    `h1 out: h1: send ${words.length} bytes "${words}"; then h2: recvfrom ${words.length} bytes "${words}"`,
    'h2 out: no traced call explains it',
  ]);
});

test('a packet is written as it was sent, with what the wire did to it', async () => {
  const [copied, damaged, lost] = [1, 2, 3].map((id) => ({ ...there, atMs: id * 10, id }));
  if (!copied || !damaged || !lost) throw new Error('three packets');
  const events = [
    ...passes(copied),
    fate(copied, 'duplicated'),
    fate(copied, 'delivered'),
    ...passes(damaged),
    fate(damaged, 'corrupted'),
    fate(damaged, 'delivered'),
    ...passes(lost),
    fate(lost, 'lost'),
  ];
  expect(await written(events)).toEqual([
    'h1 out: arrives ×2',
    'h1 out: corrupted, dropped',
    'h1 out: lost',
  ]);
});

test('packets seen at one end only, and each retransmission, are written', async () => {
  const segment = { ...there, flags: 'PA', seq: 1, data: 'hello' };
  const events = [
    arrives({ ...back, atMs: 0, id: 1 }), // from a host that nobody listened to yet
    leaves({ ...segment, atMs: 10, id: 2 }),
    ...passes({ ...segment, atMs: 300, id: 3 }),
    ...passes({ ...back, atMs: 310, id: 4 }),
    arrives({ ...back, atMs: 400, id: 5, data: 'forged' }),
  ];
  const places = (await written(events)).map((line) => line.split(':')[0]);
  expect(places).toEqual(['h1 in', 'h1 out', 'h1 out', 'h2 out', 'h1 in']);
});
