import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { ours } from './support/programs.ts';
import { startService } from './support/services.ts';

const pairs = [
  ['tcp-client', 'tcp-server'],
  ['udp-client', 'udp-echo-server'],
] as const;
const forEver = { COUNT: 0, INTERVAL_MS: 100, TIMEOUT_MS: 2000, RETRIES: 0 };

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test.for(pairs)('a %s without a limit finds a %s that starts late', async (pair) => {
  const [clientRole, serverRole] = pair;
  const late = `late-${serverRole}`;
  const client = await startService(lab, clientRole, { ...forEver, SERVER_HOST: late });
  await client.log.event('failed');

  await lab.startHost(late, ours(serverRole));
  expect((await client.log.event('received')).bytes).toBeGreaterThan(0);
});

test.for(pairs)('a %s without a limit finds a killed and restarted %s again', async (pair) => {
  const [clientRole, serverRole] = pair;
  const server = await startService(lab, serverRole);
  const client = await startService(lab, clientRole, { ...forEver, SERVER_HOST: server.name });
  await client.log.event('received');

  await server.host.kill('SIGKILL');
  await server.exitCode();
  await client.log.event('failed');
  const before = client.log.events('received').length;
  await server.host.start();
  expect((await client.log.event('received', before + 1)).bytes).toBeGreaterThan(0);
});
