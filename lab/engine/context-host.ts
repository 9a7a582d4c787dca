import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Addresses that need nothing else; others need certificates. */
const PLAIN = /^(?:unix|npipe|ssh):\/\//;

/**
 * The address of the engine in Docker's current context (a rootless engine has a context of its own); undefined for the
 * default context, and if `DOCKER_HOST` is set. The rules and files are those of Docker's command line (docker/cli,
 * cli/command/cli.go and cli/context/store).
 */
export function contextHost(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['DOCKER_HOST']) return undefined;
  const folder = env['DOCKER_CONFIG'] || join(homedir(), '.docker');
  const name = env['DOCKER_CONTEXT'] || read(join(folder, 'config.json'))?.currentContext;
  if (typeof name !== 'string' || name === '' || name === 'default') return undefined;
  const hash = createHash('sha256').update(name).digest('hex');
  const host = read(join(folder, 'contexts/meta', hash, 'meta.json'))?.Endpoints?.docker?.Host;
  return typeof host === 'string' && PLAIN.test(host) ? host : undefined;
}

interface Settings {
  readonly currentContext?: unknown;
  readonly Endpoints?: { readonly docker?: { readonly Host?: unknown } };
}

/** Undefined for a file that is missing or malformed: Docker's command line reports that. */
function read(path: string): Settings | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
