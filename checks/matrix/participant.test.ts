import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readParticipant } from './participant.ts';

test('programs are found by the names of their roles, as files and as folders', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-alice-'));
  await mkdir(join(folder.path, 'udp-client'));
  for (const name of ['tcp-server.go', 'tcp-server.py', 'notes.txt', '.gitignore', 'client.py'])
    await writeFile(join(folder.path, name), '');
  const { programs, others } = await readParticipant(folder.path);
  expect(programs).toEqual({
    'tcp-server': join(folder.path, 'tcp-server.go'),
    'udp-client': join(folder.path, 'udp-client'),
  });
  expect(others).toEqual(['client.py', 'notes.txt', 'tcp-server.py']);
});

test('the lecture has a program in each role', async () => {
  const { name, programs } = await readParticipant(new URL('../lecture', import.meta.url).pathname);
  expect(name).toBe('lecture');
  expect(Object.keys(programs)).toHaveLength(4);
});

test('a folder without a program says what one is named', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-empty-'));
  await expect(readParticipant(folder.path)).rejects.toThrow('tcp-server.py');
});
