import { execFileSync } from 'node:child_process';
import { mkdtempDisposableSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contextVariables } from './context-variables.ts';

const REMOTE = 'tcp://192.0.2.1:2376';
/** Of nobody: the command line takes nothing else for an authority. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUP6WjfaGibKzco0mEZHhAe2lfM5AwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJc29ja2V0bGFiMCAXDTI2MTEyODEzMDY0N1oYDzIxMjYxMTA0
MTMwNjQ3WjAUMRIwEAYDVQQDDAlzb2NrZXRsYWIwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ+o+V5/5DoH80tgHGuqpkOVE0/OF3U/vfYsfkLleNuQOk0XjoAhTVr
8nDI7kCnoVuGdOiQNfGxGrpFlbtQjKPMo1MwUTAdBgNVHQ4EFgQU7emNtdUSW7KK
rgRJpnjVnQL5cD4wHwYDVR0jBBgwFoAU7emNtdUSW7KKrgRJpnjVnQL5cD4wDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA2F0tlEPNPJb1A6dkCt93
Lm40/q4yQE14QLqI7twFmmQCIQDLa2KjPHb0dQR+cw7jCJClZsKP9Dc0lOZcclpK
H3qfBQ==
-----END CERTIFICATE-----
`;
const SOCKET = 'unix:///run/user/1000/docker.sock';

test('the engine of the current context is used, as by the command line', ({ skip }) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'socketlab-'));
  const { DOCKER_HOST: _, DOCKER_CONTEXT: __, ...others } = process.env;
  const env = { ...others, DOCKER_CONFIG: folder.path };
  const docker = (...args: string[]) =>
    String(execFileSync('docker', args, { env, stdio: 'pipe' })).trim();
  try {
    docker('context', 'ls');
  } catch (error) {
    skip(`there is no Docker command line: ${(error as Error).message}`);
  }
  expect(contextVariables(env)).toEqual({});
  docker('context', 'create', 'rootless', '--docker', `host=${SOCKET}`);
  expect(contextVariables(env)).toEqual({});
  const rootless = { DOCKER_HOST: SOCKET };
  expect(contextVariables({ ...env, DOCKER_CONTEXT: 'rootless' })).toEqual(rootless);
  docker('context', 'use', 'rootless');
  expect(contextVariables(env)).toEqual(rootless);
  expect(contextVariables({ ...env, DOCKER_CONTEXT: 'default' })).toEqual({});
  expect(contextVariables({ ...env, DOCKER_CONTEXT: 'absent' })).toEqual({});
  expect(contextVariables({ ...env, DOCKER_HOST: SOCKET })).toEqual({});

  const authority = join(folder.path, 'authority.txt');
  writeFileSync(authority, CERTIFICATE);
  docker('context', 'create', 'remote', '--docker', `host=${REMOTE},ca=${authority}`);
  const remote = { ...env, DOCKER_CONTEXT: 'remote' };
  const variables = { DOCKER_HOST: REMOTE, DOCKER_TLS_VERIFY: '1' };
  expect(contextVariables(remote)).toEqual(variables);

  const [hash = ''] = readdirSync(join(folder.path, 'contexts/tls'));
  const certificates = join(folder.path, 'contexts/tls', hash, 'docker');
  for (const name of ['cert.pem', 'key.pem']) writeFileSync(join(certificates, name), '');
  expect(contextVariables(remote)).toEqual({ ...variables, DOCKER_CERT_PATH: certificates });
});
