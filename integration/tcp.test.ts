import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { families } from './support/families.ts';
import { jsonLines } from './support/log.ts';
import {
  converse,
  run,
  type Service,
  startPeer,
  startService,
  startStandby,
} from './support/services.ts';

const GREETING = 'Grüße, 世界! 👋';

let lab: Lab;
let server: Service;
let client: Host;
beforeAll(async () => {
  lab = await Lab.start();
  [server, client] = await Promise.all([
    startService(lab, 'tcp-server', { GREETING }),
    startStandby(lab, 'tcp-client'),
  ]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test('a client that is started gets the greeting, and ends with 0', async () => {
  const started = await startService(lab, 'tcp-client', { SERVER_HOST: server.name });
  expect(await started.exitCode()).toBe(0);
  expect(started.log.events('received')).toMatchObject([{ text: GREETING }]);
});

test.for(families)('the greeting crosses %s byte for byte, between two hosts', async (family) => {
  const [, FAMILY, address] = family;
  const { exitCode, events } = await converse(client, { SERVER_HOST: server.name, FAMILY });

  expect(exitCode).toBe(0);
  const received = events.find(({ event }) => event === 'received');
  expect(received).toMatchObject({ text: GREETING, bytes: Buffer.byteLength(GREETING) });
  expect(received?.peer).toEqual({ address: server[address], port: 50_000 });
  const accepted = await server.log.eventOf('accepted', received?.local?.port);
  expect(accepted.peer?.address).toBe(client[address]);
});

test('50 clients at once all get the whole greeting', async () => {
  const ofTheirOwn = await startService(lab, 'tcp-server', { GREETING });
  // Each keeps its connection until all have the greeting, so that all 50 are open together.
  const env = { SERVER_HOST: ofTheirOwn.name, CLIENTS: 50, HOLD: 'others' };

  expect(await clientsSaw(env)).toEqual(
    Array.from({ length: 50 }, () => ({ received: GREETING, end: 'FIN' })),
  );
  await ofTheirOwn.log.event('closed', 50);
  const order = ofTheirOwn.log.lines.map((line) => JSON.parse(line).event);
  expect(order.lastIndexOf('accepted')).toBeLessThan(order.indexOf('closed'));
});

test('a greeting that arrives byte by byte, with characters split, is put together again', async () => {
  const env = { MODE: 'trickle', TEXT: GREETING, INTERVAL_MS: 5 };
  const slow = await startPeer(lab, 'tcp-server.ts', env);
  const { exitCode, events } = await converse(client, { SERVER_HOST: slow.name });

  expect(exitCode).toBe(0);
  expect(events.filter(({ event }) => event === 'received')).toMatchObject([{ text: GREETING }]);
});

test('a client that uploads what nobody reads still gets the greeting and FIN, not RST', async () => {
  const env = { SERVER_HOST: server.name, UPLOAD_BYTES: 1_000_000 };
  expect(await clientsSaw(env)).toEqual([{ received: GREETING, end: 'FIN' }]);
});

test('clients that abort or stay silent delay nobody and do not end the server', async () => {
  const env = { SERVER_HOST: server.name };
  expect(await clientsSaw({ ...env, CLIENTS: 20, ABORT: 1 })).toEqual([]);
  const silent = await startPeer(lab, 'tcp-clients.ts', { ...env, HOLD: 'signal' });
  await silent.log.line(/connected/);

  const { exitCode, events } = await converse(client, { ...env, TIMEOUT_MS: 9000 });
  expect(exitCode).toBe(0);
  expect(events.filter(({ event }) => event === 'received')).toMatchObject([{ text: GREETING }]);
  expect(silent.log.lines.filter((line) => line.includes('"end"'))).toEqual([]);
});

/** What the clients of `peers/tcp-clients.ts` saw. */
async function clientsSaw(env: Readonly<Record<string, string | number>>) {
  const { exitCode, lines } = await run(client, '/peer/tcp-clients.ts', env);
  expect(exitCode).toBe(0);
  return jsonLines<{ received: string; end: string }>(lines).map(({ received, end }) => ({
    received: Buffer.from(received, 'base64').toString(),
    end,
  }));
}
