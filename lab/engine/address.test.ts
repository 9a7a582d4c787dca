import { chmodSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { engineAddress } from './address.ts';
import { requestJson } from './request.ts';

afterEach(() => void vi.unstubAllEnvs());

test.each([
  ['unix:///run/user/1000/docker.sock', { socketPath: '/run/user/1000/docker.sock' }],
  ['npipe:////./pipe/docker_engine', { socketPath: '//./pipe/docker_engine' }],
  ['tcp://192.0.2.1', { host: '192.0.2.1', port: 2375 }],
  ['tcp://[2001:db8::1]:4000', { host: '2001:db8::1', port: '4000' }],
  ['http://engine.example:80', { host: 'engine.example', port: '80' }],
])('DOCKER_HOST may be %s', (host, options) => {
  expect(engineAddress({ DOCKER_HOST: host })).toEqual({ isTls: false, options });
});

test.each([
  ['tcp://192.0.2.1', '1', true],
  ['tcp://192.0.2.1:2376', '', false],
  ['https://192.0.2.1', '', false],
])('%s with DOCKER_TLS_VERIFY "%s" is TLS', (host, verifies, rejectUnauthorized) => {
  const { isTls, options } = engineAddress({ DOCKER_HOST: host, DOCKER_TLS_VERIFY: verifies });
  expect(isTls).toBe(true);
  expect(options).toEqual({ host: '192.0.2.1', port: expect.anything(), rejectUnauthorized });
  expect(Number(options.port)).toBe(2376);
});

test('certificates come from the folder DOCKER_CERT_PATH', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'socketlab-'));
  for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder.path, `${name}.pem`), name);
  const env = { DOCKER_HOST: 'tcp://192.0.2.1:2376', DOCKER_CERT_PATH: folder.path };
  const { ca, cert, key } = engineAddress(env).options as Record<string, Buffer>;
  expect([ca, cert, key].map(String)).toEqual(['ca', 'cert', 'key']);
});

test.each(['192.0.2.1', 'ftp://192.0.2.1', 'unix://'])('DOCKER_HOST cannot be "%s"', (host) => {
  const wrong = new TypeError(
    `DOCKER_HOST must be an address as "unix:///run/docker.sock", "tcp://HOST:2375" or "ssh://HOST", but is "${host}"`,
  );
  expect(() => engineAddress({ DOCKER_HOST: host })).toThrow(wrong);
});

test('an engine is reached over SSH as by the command line', async () => {
  const engine = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(request.url));
  }).listen(0, '127.0.0.1');
  await using _ = { [Symbol.asyncDispose]: async () => void engine.close() };
  await new Promise((resolve) => engine.once('listening', resolve));
  const { port } = engine.address() as AddressInfo;
  using folder = mkdtempDisposableSync(join(tmpdir(), 'socketlab-'));
  // It says what it was started with, and connects to the engine at the far end.
  const ssh = [
    `#!${process.execPath}`,
    `require('node:fs').writeFileSync('${folder.path}/arguments', process.argv.slice(2).join(' '));`,
    `const far = require('node:net').connect(${port}, '127.0.0.1');`,
    'process.stdin.pipe(far).pipe(process.stdout);',
  ];
  writeFileSync(join(folder.path, 'ssh'), ssh.join('\n'));
  chmodSync(join(folder.path, 'ssh'), 0o755);
  vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env['PATH']}`);
  const address = engineAddress({ DOCKER_HOST: 'ssh://me@engine.example:2222' });
  expect(await requestJson(address, { method: 'GET', path: '/networks' })).toBe('/networks');
  expect(readFileSync(join(folder.path, 'arguments'), 'utf8')).toBe(
    '-p 2222 -- me@engine.example docker system dial-stdio',
  );
});
