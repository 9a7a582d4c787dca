import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTshark, whyNoTshark } from '../../lab/capture/dissect/testing/tshark.ts';
import { recording, watch } from './testing/watch.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socketlab-watch-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.skipIf(whyNoTshark() !== undefined)(
  'a file for Wireshark contains each packet once, with its calls as a comment',
  async () => {
    const file = join(folder, 'lab.pcapng');
    await watch('-o', file, '--from', recording('lost-syn'));
    const fields = [
      'frame.interface_name',
      'tcp.analysis.retransmission',
      'frame.comment',
      'frame.time_epoch',
    ];
    const output = runTshark(
      ['-Y', 'tcp', '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
      await readFile(file),
    );
    const rows = output
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    const comments = rows.flatMap(([host, , comment]) => (comment ? [`${host}: ${comment}`] : []));
    expect(comments).toEqual([
      'client: client: connect 172.19.0.2:50000; lost',
      'client: client: connect 172.19.0.2:50000; sent again',
      'server: then client: connect 172.19.0.2:50000',
      'client: then server: accept 172.19.0.3:59200',
      'client: client: sendto 6 bytes "hello\\n"; then server: recvfrom 6 bytes "hello\\n"',
      'client: client: shutdown SHUT_WR; then server: recvfrom 0 bytes',
      'server: server: sendto 6 bytes "HELLO\\n"; then client: recvfrom 6 bytes "HELLO\\n"',
      'server: server: close; then client: recvfrom 0 bytes',
    ]);
    expect(rows.filter(([, isSentAgain]) => isSentAgain)).toHaveLength(1);
    const times = rows.map(([, , , time]) => time);
    expect(times).toEqual(times.toSorted());
  },
);

test('a file for Wireshark can be written to standard output, and nothing else is', async () => {
  const { stdout } = await watch('-o', '-', '--from', recording('refused'));
  expect(stdout.slice(0, 4)).toBe('\n\r\r\n');
  expect(stdout).not.toContain('seconds');
});
