/** Each of our programs talks to its counterpart in Python, which shares no code and no runtime with it. */
import { expect, test } from 'vitest';
import { families } from './support/families.ts';
import { Lab } from './support/lab.ts';

const TEXT = 'Grüße, 世界! 👋';
const ECHO = `Echo: ${TEXT}`;
const TEXT_BYTES = Buffer.byteLength(TEXT);
const ECHO_BYTES = Buffer.byteLength(ECHO);

test.for(families)('over %s our TCP server greets a client in Python', async (family) => {
  const [, , address] = family;
  await using lab = await Lab.start();
  const server = await lab.host('tcp-server', { env: { HOST: '::', GREETING: TEXT } });
  const env = { SERVER_HOST: server[address] };
  const client = await server.whilePaused(() => lab.python('tcp_client.py', { env }));

  expect(await client.exitCode()).toBe(0);
  const { peer } = await server.event('accepted');
  expect(peer?.address).toBe(client[address]);
  expect(client.lines).toEqual([
    `connected to ${inWords(server[address], 50_000)} from ${inWords(client[address], peer?.port)}`,
    `received ${TEXT_BYTES} bytes: '${TEXT}'`,
  ]);
  expect(await server.event('closed')).toMatchObject({ bytes: TEXT_BYTES });
});

test.for(families)('over %s our TCP client is greeted by a server in Python', async (family) => {
  const [, FAMILY, address] = family;
  await using lab = await Lab.start();
  const server = await lab.python('tcp_server.py', { env: { HOST: '::', GREETING: TEXT } });
  const env = { SERVER_HOST: server.name, FAMILY };
  const client = await server.whilePaused(() => lab.host('tcp-client', { env }));

  expect(await client.exitCode()).toBe(0);
  const [received] = client.events('received');
  expect(received).toMatchObject({ text: TEXT, bytes: TEXT_BYTES });
  expect(received?.peer).toEqual({ address: server[address], port: 50_000 });
  await server.line(/^closed/);
  const peer = inWords(client[address], received?.local?.port);
  expect(server.lines.slice(1)).toEqual([`accepted ${peer}`, `closed ${peer}`]);
});

test.for(families)('over %s our UDP echo server answers a client in Python', async (family) => {
  const [, , address] = family;
  await using lab = await Lab.start();
  const server = await lab.host('udp-echo-server', { env: { HOST: '::' } });
  const env = { SERVER_HOST: server[address], MESSAGE: TEXT };
  const client = await server.whilePaused(() => lab.python('udp_client.py', { env }));

  expect(await client.exitCode()).toBe(0);
  const echoed = await server.event('echoed');
  expect(echoed).toMatchObject({ text: TEXT, bytes: ECHO_BYTES });
  expect(echoed.peer?.address).toBe(client[address]);
  const peer = inWords(server[address], 50_000);
  expect(client.lines).toEqual([
    `sent to ${peer} from port ${echoed.peer?.port}`,
    `received ${ECHO_BYTES} bytes from ${peer}: '${ECHO}'`,
  ]);
});

test.for(families)('over %s our UDP client is answered by a server in Python', async (family) => {
  const [, FAMILY, address] = family;
  await using lab = await Lab.start();
  const server = await lab.python('udp_echo_server.py', { env: { HOST: '::' } });
  const env = { SERVER_HOST: server.name, FAMILY, MESSAGE: TEXT, TIMEOUT_MS: 5000 };
  const client = await server.whilePaused(() => lab.host('udp-client', { env }));

  expect(await client.exitCode()).toBe(0);
  const [received] = client.events('received');
  expect(received).toMatchObject({ text: ECHO, bytes: ECHO_BYTES, tries: 1 });
  expect(received?.peer).toMatchObject({ address: server[address], port: 50_000 });
  await server.line(/^received/);
  const peer = inWords(client[address], received?.local?.port);
  expect(server.lines.slice(1)).toEqual([`received ${TEXT_BYTES} bytes from ${peer}`]);
});

/** As the Python programs print an endpoint. */
function inWords(address: string, port = 0): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
