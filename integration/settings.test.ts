import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab, type Role } from '../lab/index.ts';
import { ours } from './support/programs.ts';
import { Service } from './support/service.ts';

const client = {
  SERVER_HOST: 'a b',
  SERVER_PORT: '0',
  FAMILY: '5',
  COUNT: '-1',
  INTERVAL_MS: 'often',
  TIMEOUT_MS: '0',
};
const log = { LOG_FORMAT: 'xml', LOG_LEVEL: 'loud' };

const bad: [Role, Record<string, string>][] = [
  ['tcp-server', { HOST: '', PORT: '65536', ACCEPT_LIMIT: '1.5', MAX_OPEN: '0', ...log }],
  ['tcp-client', { ...client, ...log }],
  ['udp-echo-server', { HOST: '1.2.3.4/24', PORT: 'http', BUFFER_SIZE: '65502', ...log }],
  ['udp-client', { ...client, RETRIES: '11', ...log }],
];

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test.for(bad)('%s names each bad setting in a line, and ends with 2', async ([role, env]) => {
  const host = await Service.start(lab, role, { ...ours(role), env, ready: 'running' });

  expect(await host.exitCode()).toBe(2);
  expect(host.log.lines).toHaveLength(Object.keys(env).length);
  for (const [name, value] of Object.entries(env)) {
    const found = value === '' ? 'empty' : JSON.stringify(value);
    expect(host.log.lines).toContainEqual(
      expect.stringMatching(new RegExp(`^${role}: ${name} must be .+, but is ${found}$`)),
    );
  }
});

test('an address of another host cannot be listened on: one clear line, exit code 1', async () => {
  const server = await Service.start(lab, 'elsewhere', {
    ...ours('tcp-server'),
    env: { HOST: '192.0.2.1' },
    ready: 'running',
  });

  expect(await server.exitCode()).toBe(1);
  expect(server.log.events('failed').map(({ msg }) => msg)).toEqual([
    'Cannot listen on 192.0.2.1:50000: that is not an address of this host.',
  ]);
});
