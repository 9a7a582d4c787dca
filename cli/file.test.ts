import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { cannotWrite, openToRead, openToWrite } from './file.ts';

test.each([
  ['/none/dir/x', 'Cannot write "/none/dir/x": there is no folder "/none/dir"'],
  ['/', 'Cannot write "/": it is a folder'],
  ['/dev/null/x', 'Cannot write "/dev/null/x": a part of its path is a file'],
])('the error says why %s cannot be written', async (file, message) => {
  await expect(openToWrite(file)).rejects.toThrow(new Error(message));
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
