/** What `docker compose ps` says of a host: whether it does what it is for. */
import { expect, test } from 'vitest';
import { type Host, type HostOptions, Lab, type Role } from '../lab/index.ts';
import { ours } from './support/programs.ts';
import { Service } from './support/service.ts';

/** The check as the engine runs it, without the wait for the next one. */
async function isHealthy(host: Host): Promise<boolean> {
  const [, ...command] = host.healthCheck;
  return (await host.exec(command)).exitCode === 0;
}

function startChecked(lab: Lab, role: Role, env: HostOptions['env'] = {}): Promise<Service> {
  return Service.start(lab, role, { ...ours(role), healthCheck: true, env });
}

const pairs = [
  ['tcp-client', 'tcp-server'],
  ['udp-client', 'udp-echo-server'],
] as const;
const forEver = { COUNT: 0, INTERVAL_MS: 100, TIMEOUT_MS: 200, RETRIES: 0 };

// A client fails for some seconds until it is not healthy: they do so at the same time.
test.concurrent.for(pairs)('a %s is healthy while it talks to its %s', async (pair, { expect }) => {
  const [clientRole, serverRole] = pair;
  await using lab = await Lab.start();
  const server = await startChecked(lab, serverRole);
  const env = { ...forEver, SERVER_HOST: server.name };
  const { host: client } = await startChecked(lab, clientRole, env);
  await expect.poll(() => isHealthy(client)).toBe(true);

  await server.host.kill('SIGKILL');
  await expect.poll(() => isHealthy(client), { interval: 1000 }).toBe(false);
  await server.host.start();
  await expect.poll(() => isHealthy(client)).toBe(true);
});

test('a client is healthy once it has talked, and not before', async () => {
  await using lab = await Lab.start();
  const env = { ...forEver, SERVER_HOST: 'tcp-server' };
  const { host: client } = await startChecked(lab, 'tcp-client', env);
  expect(client.health).toBe('starting');
  await lab.startHost('tcp-server', ours('tcp-server'));
  await expect.poll(async () => (await client.refresh()).health).toBe('healthy');
});
