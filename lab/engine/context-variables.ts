import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * What the environment has to say for every client to reach the engine of Docker's current context, as a rootless or a remote
 * engine has one: `DOCKER_HOST`, and for TLS also `DOCKER_CERT_PATH` and `DOCKER_TLS_VERIFY`. Nothing for the default context, and
 * where `DOCKER_HOST` is set already. Rules and files are those of the command line (docker/cli, cli/command/cli.go and
 * cli/context/store).
 */
export function contextVariables(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  if (env['DOCKER_HOST']) return {};
  const folder = env['DOCKER_CONFIG'] || join(homedir(), '.docker');
  const name = env['DOCKER_CONTEXT'] || read(join(folder, 'config.json'))?.currentContext;
  if (typeof name !== 'string' || name === '' || name === 'default') return {};
  const hash = createHash('sha256').update(name).digest('hex');
  const contexts = join(folder, 'contexts');
  const endpoint = read(join(contexts, 'meta', hash, 'meta.json'))?.Endpoints?.docker;
  if (typeof endpoint?.Host !== 'string') return {};
  const certificates = join(contexts, 'tls', hash, 'docker');
  return {
    DOCKER_HOST: endpoint.Host,
    // Clients that are given a folder want all three files of it.
    ...(existsSync(join(certificates, 'key.pem')) && { DOCKER_CERT_PATH: certificates }),
    ...(existsSync(certificates) && endpoint.SkipTLSVerify !== true && { DOCKER_TLS_VERIFY: '1' }),
  };
}

interface Settings {
  readonly currentContext?: unknown;
  readonly Endpoints?: {
    readonly docker?: { readonly Host?: unknown; readonly SkipTLSVerify?: unknown };
  };
}

/** Undefined for a file that is missing or malformed: the command line reports that. */
function read(path: string): Settings | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
