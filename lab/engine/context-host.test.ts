import { execFileSync } from 'node:child_process';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contextHost } from './context-host.ts';

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
  expect(contextHost(env)).toBeUndefined();
  docker('context', 'create', 'rootless', '--docker', `host=${SOCKET}`);
  expect(contextHost(env)).toBeUndefined();
  expect(contextHost({ ...env, DOCKER_CONTEXT: 'rootless' })).toBe(SOCKET);
  docker('context', 'use', 'rootless');
  expect(contextHost(env)).toBe(SOCKET);
  expect(contextHost({ ...env, DOCKER_CONTEXT: 'default' })).toBeUndefined();
  expect(contextHost({ ...env, DOCKER_CONTEXT: 'absent' })).toBeUndefined();
  expect(contextHost({ ...env, DOCKER_HOST: 'unix:///run/docker.sock' })).toBeUndefined();
});
