import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The package's own folder: the one with the Dockerfile, above this file or above `dist/`. */
const FOLDER = ['../..', '../../..']
  .map((up) => join(import.meta.dirname, up))
  .find((folder) => existsSync(join(folder, 'Dockerfile')));

/** @throws {Error} if the package is incomplete. */
export function packageFolder(): string {
  if (FOLDER === undefined) throw new Error('The Dockerfile of the package is missing.');
  return FOLDER;
}
