/** Programs of several people, played against each other. */
import { cp, mkdir, mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from './support/command-line.ts';

const CHECKS = new URL('../checks/', import.meta.url).pathname;

test('every server is played against every client, and a pair that fails can be looked at', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-matrix-'));
  const [alice, bob, report] = ['alice', 'bob', 'report'].map((name) => join(folder.path, name));
  await mkdir(`${alice}`);
  await mkdir(`${bob}`);
  await cp(`${CHECKS}lecture/tcp-server.py`, `${alice}/tcp-server.py`);
  await cp(`${CHECKS}lecture/tcp-client.py`, `${alice}/tcp-client.py`);
  await writeFile(`${bob}/tcp-client.sh`, 'echo hello');
  const options = ['--no-ours', '--json', '--report', `${report}`];
  const end = await commandLine('none', 'matrix', `${alice}`, `${bob}`, ...options);
  expect(end.exitCode).toBe(1);
  expect(JSON.parse(end.stdout)).toMatchObject([
    { protocol: 'TCP', server: 'alice', client: 'alice', verdict: 'passed' },
    { protocol: 'TCP', server: 'alice', client: 'bob', verdict: 'failed' },
  ]);
  expect((await readdir(`${report}`)).sort()).toEqual(['TCP.alice.bob.0.html', 'index.html']);
  expect(await readFile(`${report}/index.html`, 'utf8')).toContain('href="TCP.alice.bob.0.html"');
});

test('a folder without a program, and two of one name, are told before anything is started', async () => {
  const empty = await commandLine('none', 'matrix', `${CHECKS}feedback`);
  expect(empty).toMatchObject({ exitCode: 2, stdout: '' });
  expect(empty.stderr).toContain('named for its role');
  const twice = await commandLine('none', 'matrix', `${CHECKS}lecture`);
  expect(twice.stderr).toContain('two folders of the same name: lecture');
});
