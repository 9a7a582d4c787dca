/** Files that a person names. Errors say in words what is wrong with one. */
import { once } from 'node:events';
import { constants, createWriteStream, existsSync } from 'node:fs';
import { access, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** errno(3) */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not',
  EEXIST: 'there is a file of that name',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such file',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EPERM: 'you may not',
  EROFS: 'its file system is read-only',
};

/** Opens a file for writing, and empties it if it exists. @throws `Cannot write "/tmp": it is a folder` */
export async function openToWrite(file: string): Promise<Writable> {
  const stream = createWriteStream(file);
  try {
    await once(stream, 'open');
    return stream;
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** Finds out whether a file can be written, and leaves it as it is. @throws as `openToWrite` does */
export async function requireWritable(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  const isNew = found === undefined;
  try {
    // Whoever reads a pipe would take an opening of it for all of it.
    if (found?.isFIFO()) return await access(file, constants.W_OK);
    const handle = await open(file, 'a');
    await handle.close();
    if (isNew) await rm(file);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** Makes a folder, and those that it lies in, where they are not there. @throws `Cannot write "/dev/null/x": a part of its path is a file` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeMissing(resolve(folder));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/** Node's own `recursive` never ends in /proc, where a folder that exists refuses others with ENOENT. */
async function makeMissing(folder: string): Promise<void> {
  if (!existsSync(dirname(folder))) await makeMissing(dirname(folder));
  await mkdir(folder).catch(async (error) => {
    if (error.code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
  });
}

/** Opens a file for reading. @throws `Cannot read "lab.jsonl": there is no such file` */
export async function openToRead(file: string): Promise<Readable> {
  try {
    const handle = await open(file);
    // A folder can be opened, and fails only when it is read.
    if (!(await handle.stat()).isDirectory()) return handle.createReadStream();
    await handle.close();
  } catch (error) {
    throw new Error(`Cannot read "${file}": ${reason(error)}`, { cause: error });
  }
  throw new Error(`Cannot read "${file}": ${REASONS['EISDIR']}`);
}

/** In words, why a file could not be written; what has failed for another reason as it is. */
export function cannotWrite(file: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const why = code === 'ENOENT' ? missing(file) : reason(error);
  return new Error(`Cannot write "${file}": ${why}`, { cause: error });
}

function missing(file: string): string {
  const folder = dirname(file);
  return existsSync(folder)
    ? `nothing can be created in "${folder}"`
    : `there is no folder "${folder}"`;
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
