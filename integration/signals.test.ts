import { expect, test } from 'vitest';
import { Lab } from './support/lab.ts';

const signals = ['SIGTERM', 'SIGINT'] as const;

test.for(signals)(
  'on %s the TCP server finishes its conversation, and ends with 0',
  async (signal) => {
    await using lab = await Lab.start();
    const server = await lab.host('tcp-server', { env: { GREETING: 'Hello' } });
    const env = { SERVER_HOST: server.name, HOLD_MS: 1500 };
    const client = await lab.peer('tcp-clients.ts', { env });
    await server.event('accepted');

    await server.signal(signal);
    expect(await server.exitCode()).toBe(0);
    expect(server.lines.map((line) => JSON.parse(line).event)).toEqual([
      'listening',
      'accepted',
      'stopping',
      'closed',
    ]);
    expect(await client.exitCode()).toBe(0);
    expect(client.lines.at(-1)).toContain('"end":"FIN"');
  },
);

test.for(signals)(
  'on %s the TCP client reads its greeting to the end, and ends with 0',
  async (signal) => {
    await using lab = await Lab.start();
    const env = { MODE: 'trickle', TEXT: 'x'.repeat(40), INTERVAL_MS: 50 };
    const server = await lab.peer('tcp-server.ts', { env });
    const client = await lab.host('tcp-client', { env: { SERVER_HOST: server.name, COUNT: 0 } });
    await client.event('connected');

    await client.signal(signal);
    expect(await client.exitCode()).toBe(0);
    expect(client.events('received')).toMatchObject([{ text: 'x'.repeat(40) }]);
  },
);

test('a conversation that does not come to an end is cut off, and the server still ends with 0', async () => {
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server');
  const env = { SERVER_HOST: server.name, HOLD_MS: 60_000 };
  await lab.peer('tcp-clients.ts', { env });
  await server.event('accepted');

  await server.signal('SIGTERM');
  expect(await server.exitCode()).toBe(0);
  expect(server.events('cut-off')).toHaveLength(1);
});
