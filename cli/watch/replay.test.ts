import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recording, startWatch, watch } from './testing/watch.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socketlab-watch-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What comes one behind the other in a text, whatever is between. */
function inOrder(words: readonly string[]): RegExp {
  return new RegExp(words.map((word) => RegExp.escape(word)).join('[^]*?'));
}

test('a recording is written as one page that contains all of it', async () => {
  const file = join(folder, 'lab.html');
  const { stderr, exitCode } = await watch('--from', recording('udp'), '-o', file);
  expect(stderr).not.toContain('Cannot');
  expect(exitCode).toBe(0);
  const page = await readFile(file, 'utf8');
  const [, packed = ''] = /<script [^>]*id="recording">([^<]*)</.exec(page) ?? [];
  const recorded = gunzipSync(await readFile(recording('udp'))).toString();
  expect(gunzipSync(Buffer.from(packed, 'base64')).toString()).toBe(recorded);
});

test('a recording is drawn with causes before their effects, across both hosts', async () => {
  const { stdout, stderr, exitCode } = await watch('--from', recording('half-close'));
  const steps = [
    'listen 64',
    '○ connect 172.18.0.2:50000',
    '─ SYN ─',
    '─ SYN-ACK ─',
    '─ ACK ─',
    '● accept 172.18.0.3',
    '● sendto 6 bytes "hello',
    '─ 6 bytes "hello',
    '● recvfrom 6 bytes "hello',
    '● shutdown SHUT_WR',
    '─ FIN-ACK ─',
    '● recvfrom 0 bytes',
    '● close',
    '─ FIN-ACK ─',
    '─ ACK ─',
  ];
  expect(stdout).toMatch(inOrder(steps));
  expect(stderr.split('\n')).toEqual([
    expect.stringContaining('socketlab: replaying '),
    'socketlab: 1 conversation, 10 packets, 0 lost, 0 retransmissions',
    '',
  ]);
  expect(exitCode).toBe(0);
});

test('a recording shows what was lost and what was sent again', async () => {
  const { stdout, stderr } = await watch('--from', recording('lost-syn'));
  expect(stdout).toMatch(
    inOrder(['─ SYN ─', '✕  │ lost', '⋮ ┊', '─ ↻ SYN ─', '│ sent again', '─ SYN-ACK ─']),
  );
  expect(stderr).toContain('1 conversation, 11 packets, 1 lost, 1 retransmission\n');
});

test('a recording is the same when written by --json again, and can be replayed from standard input', async () => {
  const { stdout: lines } = await watch('--from', recording('udp'), '--json');
  const [header, ...events] = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(header).toEqual({ format: 'socketlab-recording', version: 1 });
  expect(new Set(events.map(({ kind }) => kind))).toEqual(
    new Set(['host', 'call', 'packet', 'fate']),
  );
  const { child, ended } = startWatch('--from', '-');
  child.stdin.end(lines);
  const [replayed, { stdout }] = [await ended, await watch('--from', recording('udp'))];
  expect(replayed.stdout).toBe(stdout);
});

test('a recording can be limited to some hosts, to one protocol, to calls, or to packets', async () => {
  const [host, calls, packets, udp] = await Promise.all([
    watch('client', '--from', recording('half-close')),
    watch('--calls', '--from', recording('half-close')),
    watch('--no-calls', '--protocol', 'tcp', '--from', recording('half-close')),
    watch('--protocol', 'udp', '--from', recording('half-close')),
  ]);
  expect(host.stdout).not.toContain('accept');
  expect(host.stdout).toMatch(/^ seconds client +172\.18\.0\.2\n/);
  expect(calls.stdout).toContain('● accept');
  expect(calls.stdout).not.toContain('SYN');
  expect(packets.stdout).toContain('SYN');
  expect(packets.stdout).not.toContain('accept');
  expect(udp.stdout).toBe('');
});

test('a recording is told from a capture, which it cannot be read as', async () => {
  const file = join(folder, 'lab.pcapng');
  await watch('--from', recording('udp'), '-o', file);
  const { stderr, exitCode } = await watch('--from', file);
  expect(stderr).toContain(`Cannot replay "${file}": it is a capture (pcapng), not a recording;`);
  expect(exitCode).toBe(1);
});

test('a recording is shown without name look-ups and the like, unless --all is given', async () => {
  const [short, all] = await Promise.all([
    watch('--from', recording('half-close')),
    watch('--all', '--from', recording('half-close')),
  ]);
  expect(short.stdout).not.toMatch(/127\.0\.0\.11|SOCK_DGRAM|ARP/);
  expect(all.stdout).toMatch(inOrder(['SOCK_DGRAM', '127.0.0.11:53', '○ connect', 'ARP who has']));
});

test('a recording is explained with --explain', async () => {
  const { stdout } = await watch('--explain', '--from', recording('half-close'));
  expect(stdout).toMatch(inOrder(['─ SYN-ACK ─', 'SYN-ACK by itself', '─ ACK ─']));
});
