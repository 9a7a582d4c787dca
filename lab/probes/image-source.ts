/**
 * The folder that an image was built from, as a label. A path alone would prove nothing: two containers of one engine may have the
 * same host name and the same paths, and each its own folder there.
 *
 *     BOOT-ID:PID-NAMESPACE:INODE:BIRTH:PATH       birth: in nanoseconds
 */
import { statSync } from 'node:fs';
import { namespace } from '../engine/owner.ts';

/** @throws {Error} if the folder does not exist */
export function sourceOf(folder: string): string {
  return `${namespace || ':'}:${identityOf(folder)}:${folder}`;
}

/** Whether an image was built from a folder. */
export function isFrom(source: string, folder: string): boolean {
  return source.endsWith(`:${identityOf(folder)}:${folder}`);
}

/** Whether the folder that an image was built from is known to be gone; that of one from before the last reboot never is. */
export function isGone(source: string): boolean {
  const [boot, pids, inode, birth, ...path] = source.split(':');
  if (namespace === '' || `${boot}:${pids}` !== namespace) return false;
  try {
    return identityOf(path.join(':')) !== `${inode}:${birth}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function identityOf(folder: string): string {
  const { ino, birthtimeNs } = statSync(folder, { bigint: true });
  return `${ino}:${birthtimeNs}`;
}
