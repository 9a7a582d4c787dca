/** What the set-up does as root, read rather than run: it would change this machine. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');

function bash(script: string): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('root writes to no file in a folder that others can write to, as /run/lock or /tmp', () => {
  const written = [...read('start-engine.sh').matchAll(/(?:>|log=)(\/\S+)/g)].map(
    ([, file]) => file,
  );
  expect(written).toContain('/run/socketlab-engine.lock');
  const shared = written.filter((file) =>
    /^\/(run\/lock|tmp|var\/tmp|dev\/shm)\//.test(file ?? ''),
  );
  expect(shared).toEqual([]);
});

test('on Debian 12 the packages of Docker get the security updates of Debian 13', () => {
  // What is written to a file is printed instead.
  const stubs = `
    as_root() { if [[ $1 == tee ]]; then echo "== $2"; cat; fi; }
    apt-get() { case "$*" in *Debian-Security*) echo http://mirror/security ;; *) echo http://mirror/debian ;; esac; }`;
  const files = bash(`. ./packages.sh; ${stubs}; add_trixie`);
  expect(files).toMatch(/URIs: http:\/\/mirror\/debian\nSuites: trixie\n/);
  expect(files).toMatch(/URIs: http:\/\/mirror\/security\nSuites: trixie-security\n/);
  const docker = /Package: docker.*\nPin: release n=(.*)\nPin-Priority: 500/.exec(files)?.[1];
  expect(docker).toBe('trixie*');
});

test.each([
  ['25.0.4', false],
  ['25.0.5', true],
  ['25.0.5+dfsg1', true],
  ['26.1.5', true],
])('Docker Engine %s is new enough: %s', (engine, isEnough) => {
  const script = `. ./node.sh; . ./docker.sh; engine=${engine} compose=2.20; have_versions && echo yes || echo no`;
  expect(bash(script).trim()).toBe(isEnough ? 'yes' : 'no');
});

test('whoever is told to join the group docker is told what that means', () => {
  const script = `. ./docker.sh; within() { echo 'permission denied'; false; }; have_engine || echo "$problem"`;
  expect(bash(script)).toMatch(
    /usermod -aG docker .*whoever is in the group docker can do .* what root can/,
  );
});

test('Node comes with its checksum in the lock file, and no script of a package runs', () => {
  const lock = JSON.parse(read('../package-lock.json')).packages;
  const { optionalDependencies } = JSON.parse(read('package.json'));
  for (const [name, version] of Object.entries(optionalDependencies))
    expect(lock[`node_modules/${name}`]).toMatchObject({
      version,
      integrity: expect.stringMatching(/^sha512-/),
      optional: true,
    });
  const { allowScripts } = JSON.parse(read('../package.json'));
  expect(Object.values(allowScripts)).not.toContain(true);
});
