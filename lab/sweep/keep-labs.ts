import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { thisProcess } from '../engine/owner.ts';

/** Compiled or not, as this file is. */
const PROGRAM = fileURLToPath(new URL(`keeper${extname(import.meta.url)}`, import.meta.url));

let isKept = false;

/**
 * From now on the labs of this process are removed when it ends, however it ends: a test that times out never reaches the end
 * of its scope, and a process that is killed does nothing more. Without the keeper, `sweep` does that.
 */
export function keepLabs(): void {
  if (isKept) return;
  isKept = true;
  const keeper = spawn(process.execPath, [PROGRAM, thisProcess], {
    // In a session of its own, Ctrl-C does not reach it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keeper.on('error', () => undefined);
  keeper.unref();
  keeper.stdin.on('error', () => undefined);
  // Sockets have it, although the type of a writable stream does not.
  (keeper.stdin as typeof keeper.stdin & { unref(): void }).unref();
}
