/** Each of our programs talks to its counterpart in Python, which shares no code and no runtime with it. */
import { expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { families } from './support/families.ts';
import { startPython, startService } from './support/services.ts';

const TEXT = 'Grüße, 世界! 👋';
const ECHO = `Echo: ${TEXT}`;
const TEXT_BYTES = Buffer.byteLength(TEXT);
const ECHO_BYTES = Buffer.byteLength(ECHO);

test.for(families)('over %s our TCP server greets a client in Python', async (family) => {
  const [, , address] = family;
  await using lab = await Lab.start();
  const server = await startService(lab, 'tcp-server', { GREETING: TEXT });
  const env = { SERVER_HOST: server[address] };
  const client = await server.whilePaused(() => startPython(lab, 'tcp_client.py', env));

  expect(await client.exitCode()).toBe(0);
  const { peer } = await server.log.event('accepted');
  expect(peer?.address).toBe(client[address]);
  expect(client.log.lines).toEqual([
    `connected to ${inWords(server[address], 50_000)} from ${inWords(client[address], peer?.port)}`,
    `received ${TEXT_BYTES} bytes: '${TEXT}'`,
  ]);
  expect(await server.log.event('closed')).toMatchObject({ bytes: TEXT_BYTES });
});

test.for(families)('over %s our TCP client is greeted by a server in Python', async (family) => {
  const [, FAMILY, address] = family;
  await using lab = await Lab.start();
  const server = await startPython(lab, 'tcp_server.py', { GREETING: TEXT });
  const env = { SERVER_HOST: server.name, FAMILY };
  const client = await server.whilePaused(() => startService(lab, 'tcp-client', env));

  expect(await client.exitCode()).toBe(0);
  const [received] = client.log.events('received');
  expect(received).toMatchObject({ text: TEXT, bytes: TEXT_BYTES });
  expect(received?.peer).toEqual({ address: server[address], port: 50_000 });
  await server.log.line(/^closed/);
  const peer = inWords(client[address], received?.local?.port);
  expect(server.log.lines.slice(1)).toEqual([`accepted ${peer}`, `closed ${peer}`]);
});

test.for(families)('over %s our UDP echo server answers a client in Python', async (family) => {
  const [, , address] = family;
  await using lab = await Lab.start();
  const server = await startService(lab, 'udp-echo-server');
  const env = { SERVER_HOST: server[address], MESSAGE: TEXT };
  const client = await server.whilePaused(() => startPython(lab, 'udp_client.py', env));

  expect(await client.exitCode()).toBe(0);
  const echoed = await server.log.event('echoed');
  expect(echoed).toMatchObject({ text: TEXT, bytes: ECHO_BYTES });
  expect(echoed.peer?.address).toBe(client[address]);
  const peer = inWords(server[address], 50_000);
  expect(client.log.lines).toEqual([
    `sent to ${peer} from port ${echoed.peer?.port}`,
    `received ${ECHO_BYTES} bytes from ${peer}: '${ECHO}'`,
  ]);
});

test.for(families)('over %s our UDP client is answered by a server in Python', async (family) => {
  const [, FAMILY, address] = family;
  await using lab = await Lab.start();
  const server = await startPython(lab, 'udp_echo_server.py');
  const env = { SERVER_HOST: server.name, FAMILY, MESSAGE: TEXT, TIMEOUT_MS: 5000 };
  const client = await server.whilePaused(() => startService(lab, 'udp-client', env));

  expect(await client.exitCode()).toBe(0);
  const [received] = client.log.events('received');
  expect(received).toMatchObject({ text: ECHO, bytes: ECHO_BYTES, tries: 1 });
  expect(received?.peer).toMatchObject({ address: server[address], port: 50_000 });
  await server.log.line(/^received/);
  const peer = inWords(client[address], received?.local?.port);
  expect(server.log.lines.slice(1)).toEqual([`received ${TEXT_BYTES} bytes from ${peer}`]);
});

/** As the Python programs print an endpoint. */
function inWords(address: string, port = 0): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
