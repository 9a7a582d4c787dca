import { expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { families } from './support/families.ts';
import { jsonLines } from './support/log.ts';
import { peer } from './support/programs.ts';
import { Service } from './support/service.ts';
import { startPeer, startService } from './support/services.ts';

const GREETING = 'Grüße, 世界! 👋';

test.for(families)('the greeting crosses %s byte for byte, between two hosts', async (family) => {
  const [, FAMILY, address] = family;
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server', { GREETING });
  const env = { SERVER_HOST: server.name, FAMILY };
  const client = await server.whilePaused(() => startService(lab, 'tcp-client', env));

  expect(await client.exitCode()).toBe(0);
  const [received] = client.log.events('received');
  expect(received).toMatchObject({ text: GREETING, bytes: Buffer.byteLength(GREETING) });
  expect(received?.peer).toEqual({ address: server[address], port: 50_000 });
  const accepted = await server.log.event('accepted');
  expect(accepted.peer).toEqual({ address: client[address], port: received?.local?.port });
});

test('50 clients at once all get the whole greeting', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server', { GREETING });
  // Each keeps its connection for a while after the greeting, so that all 50 are open together.
  const clients = await startPeer(lab, 'tcp-clients.ts', {
    SERVER_HOST: server.name,
    CLIENTS: 50,
    HOLD_MS: 1000,
  });

  expect(await clients.exitCode()).toBe(0);
  expect(sawOn(clients)).toEqual(
    Array.from({ length: 50 }, () => ({ received: GREETING, end: 'FIN' })),
  );
  await server.log.event('closed', 50);
  const order = server.log.lines.map((line) => JSON.parse(line).event);
  expect(order.lastIndexOf('accepted')).toBeLessThan(order.indexOf('closed'));
});

test('a greeting that arrives byte by byte, with characters split, is put together again', async () => {
  await using lab = await Lab.start();
  const env = { MODE: 'trickle', TEXT: GREETING, INTERVAL_MS: 5 };
  const server = await startPeer(lab, 'tcp-server.ts', env);
  const client = await startService(lab, 'tcp-client', { SERVER_HOST: server.name });

  expect(await client.exitCode()).toBe(0);
  expect(client.log.events('received')).toMatchObject([{ text: GREETING }]);
});

test('a client that uploads what nobody reads still gets the greeting and FIN, not RST', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server', { GREETING });
  const client = await startPeer(lab, 'tcp-clients.ts', {
    SERVER_HOST: server.name,
    UPLOAD_BYTES: 1_000_000,
  });

  expect(await client.exitCode()).toBe(0);
  expect(sawOn(client)).toEqual([{ received: GREETING, end: 'FIN' }]);
});

test('clients that abort or stay silent delay nobody and do not end the server', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server', { GREETING });
  const env = { SERVER_HOST: server.name };
  const aborting = await startPeer(lab, 'tcp-clients.ts', { ...env, CLIENTS: 20, ABORT: 1 });
  expect(await aborting.exitCode()).toBe(0);
  const silent = await Service.start(lab, 'silent', {
    ...peer('tcp-clients.ts'),
    env: { ...env, HOLD_MS: 60_000 },
  });
  await silent.log.line(/connected/);

  const client = await startService(lab, 'tcp-client', { ...env, TIMEOUT_MS: 2000 });
  expect(await client.exitCode()).toBe(0);
  expect(client.log.events('received')).toMatchObject([{ text: GREETING }]);
});

/** What the clients of `peers/tcp-clients.ts` saw. */
function sawOn({ log }: Service): { received: string; end: string }[] {
  return jsonLines<{ received: string; end: string }>(log.lines).map(({ received, end }) => ({
    received: Buffer.from(received, 'base64').toString(),
    end,
  }));
}
