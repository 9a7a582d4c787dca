/** Each of our programs talks to its counterpart in Python, which shares no code and no runtime with it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { families } from './support/families.ts';
import { python } from './support/programs.ts';
import {
  converse,
  type Service,
  startPython,
  startService,
  startStandby,
} from './support/services.ts';

const TEXT = 'Grüße, 世界! 👋';
const ECHO = `Echo: ${TEXT}`;
const TEXT_BYTES = Buffer.byteLength(TEXT);
const ECHO_BYTES = Buffer.byteLength(ECHO);

let lab: Lab;
/** Ours, and those in Python; a client waits to be told to talk. */
let tcpServer: Service;
let udpServer: Service;
let pythonTcpServer: Service;
let pythonUdpServer: Service;
let tcpClient: Host;
let udpClient: Host;
let pythonClient: Host;
beforeAll(async () => {
  lab = await Lab.start();
  [tcpServer, udpServer, pythonTcpServer, pythonUdpServer] = await Promise.all([
    startService(lab, 'tcp-server', { GREETING: TEXT }),
    startService(lab, 'udp-echo-server'),
    startPython(lab, 'tcp_server.py', { GREETING: TEXT }),
    startPython(lab, 'udp_echo_server.py'),
  ]);
  const { image } = python('tcp_client.py');
  [tcpClient, udpClient, pythonClient] = await Promise.all([
    startStandby(lab, 'tcp-client'),
    startStandby(lab, 'udp-client'),
    lab.startHost('python-client', { image, entrypoint: ['sleep', 'infinity'], ready: 'running' }),
  ]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test.for(families)('over %s our TCP server greets a client in Python', async (family) => {
  const [, , address] = family;
  const lines = await pythonConverse('tcp_client.py', { SERVER_HOST: tcpServer[address] });

  const port = portOf(lines[0]);
  const { peer } = await tcpServer.log.eventOf('accepted', port);
  expect(peer?.address).toBe(pythonClient[address]);
  const [us, them] = [inWords(tcpServer[address], 50_000), inWords(pythonClient[address], port)];
  expect(lines).toEqual([
    `connected to ${us} from ${them}`,
    `received ${TEXT_BYTES} bytes: '${TEXT}'`,
  ]);
  expect(await tcpServer.log.eventOf('closed', port)).toMatchObject({ bytes: TEXT_BYTES });
});

test.for(families)('over %s our TCP client is greeted by a server in Python', async (family) => {
  const [, FAMILY, address] = family;
  const env = { SERVER_HOST: pythonTcpServer.name, FAMILY };
  const { exitCode, events } = await converse(tcpClient, env);

  expect(exitCode).toBe(0);
  const received = events.find(({ event }) => event === 'received');
  expect(received).toMatchObject({ text: TEXT, bytes: TEXT_BYTES });
  expect(received?.peer).toEqual({ address: pythonTcpServer[address], port: 50_000 });
  const peer = inWords(tcpClient[address], received?.local?.port);
  await pythonTcpServer.log.line(new RegExp(`^closed ${RegExp.escape(peer)}$`));
  const told = pythonTcpServer.log.lines.filter((line) => line.endsWith(` ${peer}`));
  expect(told).toEqual([`accepted ${peer}`, `closed ${peer}`]);
});

test.for(families)('over %s our UDP echo server answers a client in Python', async (family) => {
  const [, , address] = family;
  const env = { SERVER_HOST: udpServer[address], MESSAGE: TEXT };
  const lines = await pythonConverse('udp_client.py', env);

  const port = portOf(lines[0]);
  const echoed = await udpServer.log.eventOf('echoed', port);
  expect(echoed).toMatchObject({ text: TEXT, bytes: ECHO_BYTES });
  expect(echoed.peer?.address).toBe(pythonClient[address]);
  const peer = inWords(udpServer[address], 50_000);
  expect(lines).toEqual([
    `sent to ${peer} from port ${port}`,
    `received ${ECHO_BYTES} bytes from ${peer}: '${ECHO}'`,
  ]);
});

test.for(families)('over %s our UDP client is answered by a server in Python', async (family) => {
  const [, FAMILY, address] = family;
  const env = { SERVER_HOST: pythonUdpServer.name, FAMILY, MESSAGE: TEXT, TIMEOUT_MS: 60_000 };
  const { exitCode, events } = await converse(udpClient, env);

  expect(exitCode).toBe(0);
  const received = events.find(({ event }) => event === 'received');
  expect(received).toMatchObject({ text: ECHO, bytes: ECHO_BYTES, tries: 1 });
  expect(received?.peer).toMatchObject({ address: pythonUdpServer[address], port: 50_000 });
  const peer = inWords(udpClient[address], received?.local?.port);
  await pythonUdpServer.log.line(new RegExp(RegExp.escape(peer)));
  const told = pythonUdpServer.log.lines.filter((line) => line.includes(peer));
  expect(told).toEqual([`received ${TEXT_BYTES} bytes from ${peer}`]);
});

/** Runs a client in Python, once. @returns the lines that it printed. */
async function pythonConverse(
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const command = ['env', ...settings, 'python3', program];
  const { exitCode, stdout, stderr } = await pythonClient.exec(command);
  expect(exitCode, String(stderr)).toBe(0);
  return String(stdout).trimEnd().split('\n');
}

/** The port at the end of a line: the client's own. */
const portOf = (line = '') => Number(/\d+$/.exec(line)?.[0]);

/** As the Python programs print an endpoint. */
function inWords(address = '', port = 0): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
