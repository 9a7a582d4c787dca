import { expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { startPeer, startService } from './support/services.ts';

const signals = ['SIGTERM', 'SIGINT'] as const;

test.for(signals)(
  'on %s the TCP server finishes its conversation, and ends with 0',
  async (signal) => {
    await using lab = await Lab.start();
    const server = await startService(lab, 'tcp-server', { GREETING: 'Hello' });
    const env = { SERVER_HOST: server.name, HOLD_MS: 1500 };
    const client = await startPeer(lab, 'tcp-clients.ts', env);
    await server.log.event('accepted');

    await server.host.kill(signal);
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
    await using lab = await Lab.start();
    const env = { MODE: 'trickle', TEXT: 'x'.repeat(40), INTERVAL_MS: 50 };
    const server = await startPeer(lab, 'tcp-server.ts', env);
    const client = await startService(lab, 'tcp-client', { SERVER_HOST: server.name, COUNT: 0 });
    await client.log.event('connected');

    await client.host.kill(signal);
    expect(await client.exitCode()).toBe(0);
    expect(client.log.events('received')).toMatchObject([{ text: 'x'.repeat(40) }]);
  },
);

test('a conversation that does not come to an end is cut off, and the server still ends with 0', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server');
  const env = { SERVER_HOST: server.name, HOLD_MS: 60_000 };
  await startPeer(lab, 'tcp-clients.ts', env);
  await server.log.event('accepted');

  await server.host.kill('SIGTERM');
  expect(await server.exitCode()).toBe(0);
  expect(server.log.events('cut-off')).toHaveLength(1);
});
