import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { packageFolder } from './package-folder.ts';

let fromFile: NodeJS.Dict<string> | undefined;

/**
 * The value of an environment variable; if it is not set, or empty, its value in `.env` in the folder of the package, as
 * with Compose. The set-up names the base image there.
 */
export function variable(name: string): string | undefined {
  fromFile ??= readFile(join(packageFolder(), '.env'));
  return process.env[name] || fromFile[name] || undefined;
}

function readFile(path: string): NodeJS.Dict<string> {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}
