/** How the verb ends. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAIN, recording, startWatch, watch } from './testing/watch.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socketlab-watch-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a watch ends with a summary on Ctrl-C', async () => {
  const { child, ended } = startWatch('--from', '-');
  await once(child.stderr, 'data');
  child.kill('SIGINT');
  const { exitCode, stderr } = await ended;
  expect(stderr).toContain('0 conversations, 0 packets');
  expect(exitCode).toBe(0);
});

test('a watch ends silently when its reader has gone', async () => {
  const { child, complaint, ended } = startWatch('--from', recording('interleaved'));
  child.stdout.destroy();
  await expect(ended).rejects.toThrow('Premature close');
  expect(await complaint).not.toMatch(/cannot|error|EPIPE/i);
  if (child.exitCode === null) await once(child, 'close');
  expect(child.exitCode).toBe(0);
});

test('a watch ends at the line where a recording is truncated, after what came before', async () => {
  const whole = gunzipSync(await readFile(recording('refused'))).toString();
  const { child, ended } = startWatch('--from', '-');
  child.stdin.end(whole.slice(0, -20));
  const { stdout, stderr, exitCode } = await ended;
  expect(stdout).toContain('connect');
  expect(stderr).toMatch(/socketlab: Cannot read line \d+ of the recording: it is not JSON/);
  expect(exitCode).toBe(1);
});

test('a watch ends with one line for a recording of another version', async () => {
  const { child, ended } = startWatch('--from', '-');
  child.stdin.end('{"format":"socketlab-recording","version":2}\n');
  const { stderr, exitCode } = await ended;
  expect(stderr).toMatch(/^socketlab: Cannot read line 1 .*: its version must be 1, but is "2"$/m);
  expect(exitCode).toBe(1);
});

test('a watch ends with one line when the disk is full', async () => {
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
  [['--page', '--port', '99999'], 2, '--port must be a whole number from 0 to 65535, but is 99999'],
  [
    ['client', 'nohost', '--from', recording('udp')],
    1,
    'Cannot find host "nohost" in the recording: the hosts are client, server',
  ],
])('a watch ends with an error message for %j', async (args, code, message) => {
  const { exitCode, stderr } = await watch(...args);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(exitCode).toBe(code);
});

test('a watch ends before it overwrites the recording that it reads, under whatever name', async () => {
  const [file, other] = [join(folder, 'read.jsonl'), join(folder, 'linked.jsonl')];
  await writeFile(file, '\n');
  await link(file, other);
  const { exitCode, stderr } = await watch('--from', file, '-o', other);
  expect(stderr).toContain(`Cannot write to "${other}": it is the recording`);
  expect(exitCode).toBe(2);
  expect(await readFile(file, 'utf8')).toBe('\n');
});
