import { execFileSync } from 'node:child_process';
import { mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { cannotWrite, makeFolder, openToRead, openToWrite, requireWritable } from './file.ts';

test.each([
  ['/none/dir/x', 'Cannot write "/none/dir/x": there is no folder "/none/dir"'],
  ['/', 'Cannot write "/": it is a folder'],
  ['/dev/null/x', 'Cannot write "/dev/null/x": a part of its path is a file'],
])('the error says why %s cannot be written', async (file, message) => {
  await expect(openToWrite(file)).rejects.toThrow(new Error(message));
});

test('what can be written is left as it is by the question', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const at = (name: string) => `${folder.path}/${name}`;
  await writeFile(at('old'), 'what was there before');
  await requireWritable(at('old'));
  await requireWritable(at('new'));
  await expect(requireWritable(folder.path)).rejects.toThrow(': it is a folder');
  expect(await readdir(folder.path)).toEqual(['old']);
  expect(await readFile(at('old'), 'utf8')).toBe('what was there before');
});

test('a pipe is not opened by the question, as its reader would take that for all of it', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const pipe = `${folder.path}/pipe`;
  execFileSync('mkfifo', [pipe]);
  const reader = readFile(pipe, 'utf8');
  await requireWritable(pipe);
  await writeFile(pipe, 'all of it');
  expect(await reader).toBe('all of it');
});

test('a folder is made with those that it lies in', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  await makeFolder(`${folder.path}/a/b`);
  await makeFolder(`${folder.path}/a/b`);
  expect(await readdir(`${folder.path}/a`)).toEqual(['b']);
});

test.each([
  ['/proc/x', 'nothing can be created in "/proc"'],
  ['/dev/null/x', 'a part of its path is a file'],
  ['/dev/null', 'there is a file of that name'],
])('the error says why the folder %s cannot be made', async (folder, why) => {
  await expect(makeFolder(folder)).rejects.toThrow(`Cannot write "${folder}": ${why}`);
});

test.each([
  ['/none', 'Cannot read "/none": there is no such file'],
  ['/', 'Cannot read "/": it is a folder'],
])('the error says why %s cannot be read', async (file, message) => {
  await expect(openToRead(file)).rejects.toThrow(new Error(message));
});

test('an error that is not about the file is passed on as it is', () => {
  const error = new Error('the engine is gone');
  expect(cannotWrite('x', error)).toBe(error);
});

test('a file is emptied before it is written, and read from its beginning', async () => {
  await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const file = `${folder.path}/file`;
  await writeFile(file, 'what was there before');
  await pipeline(['new'], await openToWrite(file));
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await Array.fromAsync(await openToRead(file), String)).toEqual(['new']);
});
