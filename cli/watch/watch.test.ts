/** The verb as a process of its own, on recordings: without Docker. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTshark, whyNoTshark } from '../../lab/capture/dissect/testing/tshark.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const recording = (name: string) =>
  new URL(`../../lab/timeline/recordings/${name}.jsonl.gz`, import.meta.url).pathname;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socketlab-watch-'));
});
afterAll(() => rm(folder, { recursive: true }));

function start(...args: string[]) {
  const env = {
    ...process.env,
    LC_ALL: 'C.UTF-8',
    COLUMNS: '80',
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  };
  const child = spawn(process.execPath, [MAIN, 'watch', ...args], { env });
  const complaint = text(child.stderr);
  const ended = Promise.all([text(child.stdout), complaint, once(child, 'close')]).then(
    ([stdout, stderr]) => ({ stdout, stderr, exitCode: child.exitCode }),
  );
  return { child, complaint, ended };
}

function watch(...args: string[]) {
  return start(...args).ended;
}

/** What comes one behind the other in a text, whatever is between. */
function inOrder(words: readonly string[]): RegExp {
  return new RegExp(words.map((word) => RegExp.escape(word)).join('[^]*?'));
}

describe('a recording', () => {
  test('is written as one page that contains all of it', async () => {
    const file = join(folder, 'lab.html');
    const { stderr, exitCode } = await watch('--from', recording('udp'), '-o', file);
    expect(stderr).not.toContain('Cannot');
    expect(exitCode).toBe(0);
    const page = await readFile(file, 'utf8');
    const [, packed = ''] = /<script [^>]*id="recording">([^<]*)</.exec(page) ?? [];
    const recorded = gunzipSync(await readFile(recording('udp'))).toString();
    expect(gunzipSync(Buffer.from(packed, 'base64')).toString()).toBe(recorded);
  });

  test('is drawn with causes before their effects, across both hosts', async () => {
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

  test('shows what was lost and what was sent again', async () => {
    const { stdout, stderr } = await watch('--from', recording('lost-syn'));
    expect(stdout).toMatch(
      inOrder(['─ SYN ─', '✕  │ lost', '⋮ ┊', '─ ↻ SYN ─', '│ sent again', '─ SYN-ACK ─']),
    );
    expect(stderr).toContain('1 conversation, 11 packets, 1 lost, 1 retransmission\n');
  });

  test('is the same when written by --json again, and can be replayed from standard input', async () => {
    const { stdout: lines } = await watch('--from', recording('udp'), '--json');
    const [header, ...events] = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(header).toEqual({ format: 'socketlab-recording', version: 1 });
    expect(new Set(events.map(({ kind }) => kind))).toEqual(
      new Set(['host', 'call', 'packet', 'fate']),
    );
    const { child, ended } = start('--from', '-');
    child.stdin.end(lines);
    const [replayed, { stdout }] = [await ended, await watch('--from', recording('udp'))];
    expect(replayed.stdout).toBe(stdout);
  });

  test('can be limited to some hosts, to one protocol, to calls, or to packets', async () => {
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

  test('is told from a capture, which it cannot be read as', async () => {
    const file = join(folder, 'lab.pcapng');
    await watch('--from', recording('udp'), '-o', file);
    const { stderr, exitCode } = await watch('--from', file);
    expect(stderr).toContain(`Cannot replay "${file}": it is a capture (pcapng), not a recording;`);
    expect(exitCode).toBe(1);
  });

  test('is shown without name look-ups and the like, unless --all is given', async () => {
    const [short, all] = await Promise.all([
      watch('--from', recording('half-close')),
      watch('--all', '--from', recording('half-close')),
    ]);
    expect(short.stdout).not.toMatch(/127\.0\.0\.11|SOCK_DGRAM|ARP/);
    expect(all.stdout).toMatch(
      inOrder(['SOCK_DGRAM', '127.0.0.11:53', '○ connect', 'ARP who has']),
    );
  });

  test('is explained with --explain', async () => {
    const { stdout } = await watch('--explain', '--from', recording('half-close'));
    expect(stdout).toMatch(inOrder(['─ SYN-ACK ─', 'SYN-ACK by itself', '─ ACK ─']));
  });
});

describe('a file for Wireshark', () => {
  test.skipIf(whyNoTshark() !== undefined)(
    'contains each packet once, with its calls as a comment',
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
      const comments = rows.flatMap(([host, , comment]) =>
        comment ? [`${host}: ${comment}`] : [],
      );
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

  test('can be written to standard output, and nothing else is', async () => {
    const { stdout } = await watch('-o', '-', '--from', recording('refused'));
    expect(stdout.slice(0, 4)).toBe('\n\r\r\n');
    expect(stdout).not.toContain('seconds');
  });
});

describe('it ends', () => {
  test('with a summary on Ctrl-C', async () => {
    const { child, ended } = start('--from', '-');
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    const { exitCode, stderr } = await ended;
    expect(stderr).toContain('0 conversations, 0 packets');
    expect(exitCode).toBe(0);
  });

  test('silently when its reader has gone', async () => {
    const { child, complaint, ended } = start('--from', recording('interleaved'));
    child.stdout.destroy();
    await expect(ended).rejects.toThrow('Premature close');
    expect(await complaint).not.toMatch(/cannot|error|EPIPE/i);
    if (child.exitCode === null) await once(child, 'close');
    expect(child.exitCode).toBe(0);
  });

  test('at the line where a recording is truncated, after what came before', async () => {
    const whole = gunzipSync(await readFile(recording('refused'))).toString();
    const { child, ended } = start('--from', '-');
    child.stdin.end(whole.slice(0, -20));
    const { stdout, stderr, exitCode } = await ended;
    expect(stdout).toContain('connect');
    expect(stderr).toMatch(/socketlab: Cannot read line \d+ of the recording: it is not JSON/);
    expect(exitCode).toBe(1);
  });

  test('with one line for a recording of another version', async () => {
    const { child, ended } = start('--from', '-');
    child.stdin.end('{"format":"socketlab-recording","version":2}\n');
    const { stderr, exitCode } = await ended;
    expect(stderr).toMatch(
      /^socketlab: Cannot read line 1 .*: its version must be 1, but is "2"$/m,
    );
    expect(exitCode).toBe(1);
  });

  test('with one line when the disk is full', async () => {
    const full = `"${process.execPath}" ${MAIN} watch --json --from ${recording('refused')} >/dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', full], { encoding: 'utf8' });
    expect(stderr).toMatch(/^socketlab: Cannot write to standard output: ENOSPC/m);
    expect(status).toBe(1);
  });

  test.each([
    [['--from', '/none'], 1, 'Cannot read "/none": there is no such file'],
    [['--from', '/'], 1, 'Cannot read "/": it is a folder'],
    [
      ['--from', recording('udp'), '-o', '/none/x'],
      1,
      'Cannot write "/none/x": there is no folder "/none"',
    ],
    [['--from', MAIN], 1, 'Cannot read line 1 of the recording: it is not JSON'],
    [['--json', '-o', '-'], 2, 'Cannot write both --json and --output -'],
    [['--protocol', 'icmp'], 2, 'Allowed choices are tcp, udp'],
    [['--page', '--json'], 2, "'--page' cannot be used with option '--json'"],
    [['--page', '-o', 'x'], 2, "'--page' cannot be used with option '-o, --output <file>'"],
    [['--json', '--explain'], 2, "'--json' cannot be used with option '--explain'"],
    [['--calls', '--no-calls'], 2, "'--calls' cannot be used with option '--no-calls'"],
    [['--calls', '--page'], 2, 'Cannot show only calls with --page'],
    [['--calls', '-o', 'x'], 2, 'Cannot write packets with --calls'],
    [['--port', '8080'], 2, 'Cannot use --port without --page'],
    [
      ['--page', '--port', '99999'],
      2,
      '--port must be a whole number from 0 to 65535, but is 99999',
    ],
    [
      ['client', 'nohost', '--from', recording('udp')],
      1,
      'Cannot find host "nohost" in the recording: the hosts are client, server',
    ],
  ])('with an error message for %j', async (args, code, message) => {
    const { exitCode, stderr } = await watch(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(code);
  });

  test('before it overwrites the recording that it reads, under whatever name', async () => {
    const [file, other] = [join(folder, 'read.jsonl'), join(folder, 'linked.jsonl')];
    await writeFile(file, '\n');
    await link(file, other);
    const { exitCode, stderr } = await watch('--from', file, '-o', other);
    expect(stderr).toContain(`Cannot write to "${other}": it is the recording`);
    expect(exitCode).toBe(2);
    expect(await readFile(file, 'utf8')).toBe('\n');
  });
});
