import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { mainFileOf } from '../../checks/program/language.ts';

/**
 * The file that a program's findings are about: the main file of a folder, or the program itself.
 *
 * @param workspace the folder that it is named from. Default: the working directory
 * @returns nothing for an image
 */
export async function sourceOf(program: string, workspace = '.'): Promise<string | undefined> {
  const found = await stat(program).catch(() => undefined);
  if (found === undefined) return undefined;
  const main = found.isDirectory() ? await mainFileOf(program) : undefined;
  return relative(resolve(workspace), resolve(join(program, main ?? '')));
}
