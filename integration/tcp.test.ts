import { expect, test } from 'vitest';
import { Lab } from './support/lab.ts';

const families = [
  ['IPv4', '4', 'ipv4'],
  ['IPv6', '6', 'ipv6'],
] as const;

test.for(families)('the greeting crosses %s byte for byte', async ([, FAMILY, address]) => {
  const GREETING = 'Grüße, 世界! 👋';
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server', { env: { HOST: '::', GREETING } });
  const client = await lab.host('tcp-client', { env: { SERVER_HOST: server.name, FAMILY } });

  expect(await client.exitCode()).toBe(0);
  expect(client.events('received')).toMatchObject([
    {
      text: GREETING,
      bytes: Buffer.byteLength(GREETING),
      peer: { address: server[address], port: 50_000 },
    },
  ]);
  const accepted = await server.event('accepted');
  expect(accepted.peer).toEqual(client.events('received')[0]?.local);
  expect(accepted.peer?.address).toBe(client[address]);
});
