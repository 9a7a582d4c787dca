import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** What any system has, and no more: neither Node nor Docker. */
const TOOLS = ['bash', 'cksum', 'cmp', 'dirname', 'env', 'getconf', 'head', 'id', 'mktemp'].concat([
  'readlink',
  'sed',
  'sort',
  'tail',
  'timeout',
  'uname',
]);
const SOCKETLAB = join(import.meta.dirname, '../socketlab');

let bare: string;
beforeAll(() => {
  bare = mkdtempSync(join(tmpdir(), 'socketlab-doctor-'));
  const folders = (process.env['PATH'] ?? '').split(':');
  for (const tool of TOOLS) {
    const folder = folders.find((one) => existsSync(join(one, tool)));
    if (folder !== undefined) symlinkSync(join(folder, tool), join(bare, tool));
  }
});
afterAll(() => rmSync(bare, { recursive: true }));

function doctor(path: string, ...options: string[]) {
  const env = { PATH: path, HOME: bare };
  const { status, stdout } = spawnSync(SOCKETLAB, ['doctor', ...options], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout };
}

interface Check {
  readonly check: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly found: string;
  readonly remedy: string;
}

function checks(path: string): Check[] {
  const { status, stdout } = doctor(path, '--json');
  expect(status).toBe(1);
  return JSON.parse(stdout);
}

const named = (all: readonly Check[], name: string) => all.find(({ check }) => check === name);

test('on a machine without Node and Docker the doctor names both, and how to get them', () => {
  const all = checks(bare);
  const node = named(all, 'node');
  expect(node).toMatchObject({ status: 'failed', remedy: expect.stringContaining('nodejs.org') });
  const docker = named(all, 'docker');
  expect(docker).toMatchObject({ status: 'failed', found: expect.stringContaining('client') });
  expect(docker?.remedy).toMatch(/install/);
  expect(named(all, 'tracing')).toMatchObject({ status: 'skipped', remedy: '' });
});

test('while the Docker engine does not answer, what needs it is skipped and the rest is checked', () => {
  const withDocker = mkdtempSync(join(bare, 'down-'));
  const script = `#!/usr/bin/env bash
case $* in
  'compose version --short') echo 2.26.1 ;;
  'buildx version') ;;
  *) echo 'Cannot connect: "no" \\ socket' >&2; exit 1 ;;
esac
`;
  writeFileSync(join(withDocker, 'docker'), script, { mode: 0o755 });
  writeFileSync(join(withDocker, 'dockerd'), '', { mode: 0o755 });
  const all = checks(`${withDocker}:${bare}`);
  expect(named(all, 'docker')).toMatchObject({ status: 'ok' });
  expect(named(all, 'engine')).toEqual({
    check: 'engine',
    status: 'failed',
    found: 'the Docker engine does not answer: Cannot connect: "no" \\ socket',
    remedy: '"./socketlab setup" starts it',
  });
  expect(named(all, 'ipv6')).toMatchObject({ status: 'skipped', found: 'requires network' });
});

test('the report for people has the same checks, a line each', () => {
  const lines = doctor(bare).stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(/ +/, 2))).toEqual(
    checks(bare).map(({ status, check }) => [status, check]),
  );
});
