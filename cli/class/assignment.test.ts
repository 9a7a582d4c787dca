import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exerciseNumbered } from '../../exercises/exercises.ts';
import { prepare } from '../../exercises/working-copy.ts';
import { assignmentOf } from './assignment.ts';

const exercise = exerciseNumbered('1');
const temp = () => mkdtempDisposable(join(tmpdir(), 'socketlab-assignment-'));

async function copyOf(student: string, home: string): Promise<string> {
  const where = { home: join(home, student), language: 'python' } as const;
  return (await prepare(exercise, where)).copy.folder;
}

test('of working copies it is known what was asked, and whose they are', async () => {
  await using home = await temp();
  const paths = [await copyOf('alice', home.path), await copyOf('bob', home.path)];
  const { role, submissions, commandOf } = await assignmentOf(paths, {});
  expect(role.name).toBe(exercise.role.name);
  expect(role.checks.map(({ id }) => id)).toEqual(exercise.checks);
  expect(submissions.map(({ name }) => name)).toEqual(['alice', 'bob']);
  expect(submissions.map(commandOf)).toEqual(
    paths.map((path) => expect.stringMatching(`exercise check ${path}$`)),
  );
});

test('of other folders it has to be said: an exercise or a role', async () => {
  await using home = await temp();
  const plain = join(home.path, 'carol');
  await mkdir(plain);
  const paths = [await copyOf('alice', home.path), plain];
  await expect(assignmentOf(paths, {})).rejects.toThrow(`Cannot grade ${plain}`);
  const byExercise = await assignmentOf(paths, { exercise: '1' });
  expect(byExercise.submissions.map(byExercise.commandOf)).toEqual([
    expect.stringContaining(`exercise check ${paths[0]}`),
    expect.stringContaining(`exercise check --exercise 1 ${plain}`),
  ]);
  const { role, submissions } = await assignmentOf(paths, { role: 'udp-client' });
  expect(role.name).toBe('udp-client');
  expect(submissions).toHaveLength(2);
});

test('of a student who has handed in all exercises the one that is said is graded', async () => {
  await using home = await temp();
  const copies = [await copyOf('alice', home.path), await copyOf('bob', home.path)];
  const paths = ['alice', 'bob'].map((student) => join(home.path, student));
  await expect(assignmentOf(paths, {})).rejects.toThrow('but has some in it; say which');
  const { submissions } = await assignmentOf(paths, { exercise: '1' });
  expect(submissions).toEqual([
    { name: 'alice', path: copies[0] },
    { name: 'bob', path: copies[1] },
  ]);
});

test('a program whose working copy was spoilt is graded when the exercise is said', async () => {
  await using home = await temp();
  const folder = await copyOf('alice', home.path);
  await writeFile(join(folder, '.exercise.json'), 'spoilt');
  await expect(assignmentOf([folder], {})).rejects.toThrow('--exercise');
  expect((await assignmentOf([folder], { exercise: '1' })).submissions).toHaveLength(1);
});

test('a path that is not there is told before anything is graded', async () => {
  const asked = assignmentOf(['/nowhere/alice'], { role: 'tcp-server' });
  await expect(asked).rejects.toThrow('Cannot grade /nowhere/alice: there is no such file');
});
