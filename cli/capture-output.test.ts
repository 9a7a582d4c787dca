import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPcapng } from '../lab/capture/pcap/pcapng-read.ts';
import { arrives, leaves } from '../lab/timeline/testing/by-hand.ts';
import { savePackets } from './capture-output.ts';

test('packets are written in the order of their times, though those of one host come later', async () => {
  const there = { from: '10.0.0.1:1000', to: '10.0.0.2:2000' };
  const events = [20, 40].map((atMs) => leaves({ ...there, atMs }));
  const late = [10, 30].map((atMs) => arrives({ ...there, atMs }));
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-capture-'));
  const file = join(folder.path, 'lab.pcapng');
  const source = async function* () {
    yield* [...events, ...late];
  };
  expect(await savePackets(source(), ['h1', 'h2'], file)).toBe(4);
  const hosts = Array.from(readPcapng(await readFile(file)), ({ host }) => host);
  expect(hosts).toEqual(['h2', 'h1', 'h2', 'h1']);
});
