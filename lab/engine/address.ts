import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';

const SOCKET = '/var/run/docker.sock';
const PIPE = '//./pipe/docker_engine';
/** Of the engine on TCP, with TLS and without (IANA, services "docker-s" and "docker"). */
const TLS_PORT = 2376;
const PLAIN_PORT = 2375;

/** How requests reach the engine. */
export interface Address {
  readonly isTls: boolean;
  readonly options: RequestOptions;
}

/**
 * The address of the engine, as the command line reads it from `DOCKER_HOST`, `DOCKER_CERT_PATH` and `DOCKER_TLS_VERIFY`; by
 * default the socket of this machine.
 *
 * @throws {TypeError} for a `DOCKER_HOST` that is none.
 */
export function engineAddress(env: NodeJS.ProcessEnv = process.env): Address {
  const host = env['DOCKER_HOST'];
  if (!host) return { isTls: false, options: { socketPath: localSocket() } };
  const [, scheme, rest = ''] = /^(unix|npipe|tcp|https?|ssh):\/\/(.+)$/.exec(host) ?? [];
  if (scheme === undefined) {
    const needed = 'an address as "unix:///run/docker.sock", "tcp://HOST:2375" or "ssh://HOST"';
    throw new TypeError(`DOCKER_HOST must be ${needed}, but is ${JSON.stringify(host)}`);
  }
  if (scheme === 'unix' || scheme === 'npipe')
    return { isTls: false, options: { socketPath: rest } };
  if (scheme === 'ssh') {
    return { isTls: false, options: { createConnection: () => throughSsh(host) } };
  }
  // Of a known scheme, as otherwise the parts are not told apart, nor a port that is the scheme's own.
  const { hostname, port } = new URL(`engine://${rest}`);
  const verifies = Boolean(env['DOCKER_TLS_VERIFY']);
  const isTls = scheme === 'https' || verifies || Number(port) === TLS_PORT;
  const place = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || (isTls ? TLS_PORT : PLAIN_PORT),
  };
  return { isTls, options: isTls ? { ...place, ...credentials(env) } : place };
}

function localSocket(): string {
  if (process.platform === 'win32') return PIPE;
  // Docker Desktop's own, without the link in /var/run.
  const desktop = join(homedir(), '.docker/run/docker.sock');
  return existsSync(desktop) ? desktop : SOCKET;
}

function credentials({ DOCKER_CERT_PATH: folder, DOCKER_TLS_VERIFY: verifies }: NodeJS.ProcessEnv) {
  const rejectUnauthorized = Boolean(verifies);
  if (!folder) return { rejectUnauthorized };
  const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) =>
    readFileSync(join(folder, `${name}.pem`)),
  );
  return { rejectUnauthorized, ca, cert, key };
}

/** As Docker's command line does it, with the user's own SSH settings and keys. */
function throughSsh(host: string): Duplex {
  const { hostname, port, username } = new URL(host);
  const target = username ? `${username}@${hostname}` : hostname;
  const command = [...(port ? ['-p', port] : []), '--', target, 'docker', 'system', 'dial-stdio'];
  const { stdin, stdout } = spawn('ssh', command, { stdio: ['pipe', 'pipe', 'inherit'] });
  // Either end alone has no writable side, or no readable one; the types know only web streams for that.
  return Duplex.from({ writable: stdin, readable: stdout } as never);
}
