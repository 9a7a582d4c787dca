import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { converse, startPeer, startService, startStandby } from './support/services.ts';

let lab: Lab;
let client: Host;
beforeAll(async () => {
  lab = await Lab.start();
  client = await startStandby(lab, 'tcp-client');
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test('a connection to a port without a listener is refused, and the client says by whom', async () => {
  const server = await startService(lab, 'tcp-server', { PORT: 50_001 });
  await expectFailure(
    { SERVER_HOST: server.name },
    `Connection refused by ${server.name}:50000. Is the server running?`,
  );
});

const misbehaviours = [
  ['silent', (peer: string) => `Nothing more from ${peer}:50000 within 1000 ms.`],
  ['stuck', (peer: string) => `Nothing more from ${peer}:50000 within 1000 ms.`],
  [
    'reset',
    (peer: string) =>
      `Connection reset by ${peer}:50000: it ended abruptly, with RST instead of FIN.`,
  ],
] as const;

test.for(misbehaviours)(
  'with a %s server the client prints one clear line, and exits with 1',
  async ([MODE, sentence]) => {
    const server = await startPeer(lab, 'tcp-server.ts', { MODE });
    await expectFailure({ SERVER_HOST: server.name, TIMEOUT_MS: 1000 }, sentence(server.name));
  },
);

async function expectFailure(
  env: Readonly<Record<string, string | number>>,
  msg: string,
): Promise<void> {
  const { exitCode, events } = await converse(client, env);
  expect(exitCode).toBe(1);
  expect(events.filter(({ event }) => event === 'failed')).toMatchObject([{ msg }]);
}
