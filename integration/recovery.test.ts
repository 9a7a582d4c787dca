import { expect, test } from 'vitest';
import { Lab } from './support/lab.ts';

const pairs = [
  ['tcp-client', 'tcp-server'],
  ['udp-client', 'udp-echo-server'],
] as const;
const forEver = { COUNT: 0, INTERVAL_MS: 100, TIMEOUT_MS: 2000, RETRIES: 0 };

test.for(pairs)('a %s that goes on for ever finds a %s that starts late', async (pair) => {
  const [clientRole, serverRole] = pair;
  await using lab = await Lab.start();
  const name = lab.reserveName(serverRole);
  const client = await lab.host(clientRole, { env: { ...forEver, SERVER_HOST: name } });
  await client.event('failed');

  await lab.host(serverRole, { name });
  expect((await client.event('received')).bytes).toBeGreaterThan(0);
});

test.for(pairs)(
  'a %s that goes on for ever finds a killed and restarted %s again',
  async (pair) => {
    const [clientRole, serverRole] = pair;
    await using lab = await Lab.start();
    const server = await lab.host(serverRole);
    const client = await lab.host(clientRole, { env: { ...forEver, SERVER_HOST: server.name } });
    await client.event('received');

    await server.signal('SIGKILL');
    await server.exitCode();
    await client.event('failed');
    const before = client.events('received').length;
    await server.startAgain();
    expect((await client.event('received', before + 1)).bytes).toBeGreaterThan(0);
  },
);
