/** The programs of a class are graded with one command, which goes on where it was interrupted. */
import { cp, mkdir, mkdtempDisposable, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exerciseNumbered } from '../exercises/exercises.ts';
import { prepare } from '../exercises/working-copy.ts';
import { BUILDER, OWNER } from '../lab/engine/labels.ts';
import { CommandLine } from './support/command-line.ts';
import { docker } from './support/docker.ts';

const exercise = exerciseNumbered('1');

/** The starter of an exercise, which fails, a program that is right, and a folder without one; in this order. */
async function submissionsIn(home: string): Promise<string[]> {
  const students = ['alice', 'bob', 'carol'].map((name) => join(home, 'submissions', name));
  const paths = students.map(async (student) => {
    const where = { home: student, language: 'python' } as const;
    return (await prepare(exercise, where)).copy.folder;
  });
  const [alice = '', bob = '', carol = ''] = await Promise.all(paths);
  await cp(join(exercise.folder, 'solution/python'), bob, { recursive: true });
  await rm(join(carol, 'main.py'));
  await mkdir(join(carol, 'notes'));
  return [alice, bob, carol];
}

test('a class is graded, and what was interrupted goes on with what was not graded yet', async () => {
  await using home = await mkdtempDisposable(join(tmpdir(), 'socketlab-class-'));
  const paths = await submissionsIn(home.path);
  const [report, table] = ['report', 'class.csv'].map((name) => join(home.path, name));
  const kept = async () => {
    const lines = (await readFile(`${report}/graded.jsonl`, 'utf8')).split('\n');
    return lines.filter((line) => line !== '');
  };
  const begin = () => {
    const options = ['--at-once', '1', '--report', `${report}`, '--csv', `${table}`];
    return new CommandLine('none', ['exercise', 'grade', ...paths, ...options]);
  };

  const first = begin();
  await expect.poll(() => kept().catch(() => [])).toHaveLength(1);
  const [alice] = await kept();
  first.kill('SIGINT');
  const interrupted = await first.ended;
  expect(interrupted).toMatchObject({ exitCode: 130, stdout: '' });
  expect(interrupted.stderr).toContain('1 of 3 are graded');
  const hosts = { label: [`${OWNER}=${first.owner}`] };
  expect(await docker.listContainers({ all: true, filters: hosts })).toEqual([]);
  const images = { label: [`${BUILDER}=${first.owner}`] };
  expect(await docker.listImages({ filters: images })).toEqual([]);

  const { exitCode, stdout } = await begin().ended;
  expect(exitCode).toBe(0);
  expect(await kept()).toEqual([alice, expect.any(String), expect.any(String)]);
  expect(stdout).toMatch(/^alice +FAILED .*\nbob +passed +(\d+) of \1\ncarol +FAILED +0 of \d+ /m);
  expect(stdout).toMatch(/^1 of 3 passed, 2 failed$/m);
  const rows = (await readFile(`${table}`, 'utf8')).split('\r\n');
  expect(rows.map((row) => row.split(',', 2).join(' '))).toEqual([
    '\ufeffname verdict',
    'alice failed',
    'bob passed',
    'carol failed',
    '',
  ]);
  const pages = ['alice.html', 'bob.html', 'carol.html'];
  expect((await readdir(`${report}/programs`)).sort()).toEqual(pages);
  const index = await readFile(`${report}/index.html`, 'utf8');
  for (const page of pages) expect(index).toContain(`href="programs/${page}"`);
});
