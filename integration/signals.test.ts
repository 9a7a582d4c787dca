import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { startPeer, startService } from './support/services.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const signals = ['SIGTERM', 'SIGINT'] as const;

test.for(signals)(
  'on %s the TCP server finishes its conversation, and ends with 0',
  async (signal) => {
    const server = await startService(lab, 'tcp-server', { GREETING: 'Hello' });
    const env = { SERVER_HOST: server.name, HOLD: 'signal' };
    const client = await startPeer(lab, 'tcp-clients.ts', env);
    await server.log.event('accepted');

    await server.host.kill(signal);
    await server.log.event('stopping');
    await client.host.kill('SIGUSR2');
    expect(await server.exitCode()).toBe(0);
    expect(server.log.lines.map((line) => JSON.parse(line).event)).toEqual([
      'listening',
      'accepted',
      'stopping',
      'closed',
    ]);
    expect(await client.exitCode()).toBe(0);
    expect(client.log.lines.at(-1)).toContain('"end":"FIN"');
  },
);

test.for(signals)(
  'on %s the TCP client reads its greeting to the end, and ends with 0',
  async (signal) => {
    const TEXT = 'x'.repeat(40);
    const server = await startPeer(lab, 'tcp-server.ts', { MODE: 'pause', TEXT });
    const env = { SERVER_HOST: server.name, COUNT: 0, TIMEOUT_MS: 60_000 };
    const client = await startService(lab, 'tcp-client', env);
    await client.log.event('connected');

    await client.host.kill(signal);
    await client.log.event('stopping');
    await server.host.kill('SIGUSR2');
    expect(await client.exitCode()).toBe(0);
    expect(client.log.events('received')).toMatchObject([{ text: TEXT }]);
  },
);

test('a conversation that does not come to an end is cut off, and the server still ends with 0', async () => {
  const server = await startService(lab, 'tcp-server');
  const env = { SERVER_HOST: server.name, HOLD: 'signal' };
  await startPeer(lab, 'tcp-clients.ts', env);
  await server.log.event('accepted');

  await server.host.kill('SIGTERM');
  expect(await server.exitCode()).toBe(0);
  expect(server.log.events('cut-off')).toHaveLength(1);
});
