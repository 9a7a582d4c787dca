import { createHash, type Hash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The same for files and folders of the same names and contents, wherever they are. What may not be read is as if it were empty.
 *
 * @returns 64 hexadecimal digits
 */
export async function contentHash(...paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) await add(path, hash);
  return hash.digest('hex');
}

/** Each with its length, so that no two contents run into the same bytes. */
async function add(path: string, hash: Hash): Promise<void> {
  const found = await lstat(path);
  if (found.isDirectory()) {
    const names = (await readdir(path).catch(() => [])).toSorted();
    hash.update(`folder ${names.length}\n`);
    for (const name of names) {
      hash.update(`${JSON.stringify(name)}\n`);
      await add(join(path, name), hash);
    }
  } else if (found.isSymbolicLink()) hash.update(`link ${JSON.stringify(await readlink(path))}\n`);
  else if (found.isFile()) {
    const content = await readFile(path).catch(() => '');
    hash.update(`file ${found.mode & 0o111} ${content.length}\n`).update(content);
  } else hash.update('neither\n');
}
