import { expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { startPeer, startService } from './support/services.ts';

test('a port on which nobody listens refuses, and the client says by whom', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server', { PORT: 50_001 });
  const client = await startService(lab, 'tcp-client', { SERVER_HOST: server.name });

  expect(await client.exitCode()).toBe(1);
  const sentence = `Connection refused by ${server.name}:50000. Is the server running?`;
  expect(client.log.events('failed')).toMatchObject([{ msg: sentence }]);
});

const misbehaviours = [
  ['silent', (peer: string) => `Nothing more from ${peer}:50000 within 500 ms.`],
  ['stuck', (peer: string) => `Nothing more from ${peer}:50000 within 500 ms.`],
  [
    'reset',
    (peer: string) =>
      `Connection reset by ${peer}:50000: it ended abruptly, with RST instead of FIN.`,
  ],
] as const;

test.for(misbehaviours)(
  'a %s server is one clear line and exit code 1',
  async ([MODE, sentence]) => {
    await using lab = await Lab.start();
    const server = await startPeer(lab, 'tcp-server.ts', { MODE });
    const env = { SERVER_HOST: server.name, TIMEOUT_MS: 500 };
    const client = await startService(lab, 'tcp-client', env);

    expect(await client.exitCode()).toBe(1);
    expect(client.log.events('failed')).toMatchObject([{ msg: sentence(server.name) }]);
  },
);
