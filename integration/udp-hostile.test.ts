import { expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { probe } from './support/probe.ts';
import { ours, python } from './support/programs.ts';
import { Service } from './support/service.ts';
import { startPeer, startPython, startService, startStandby } from './support/services.ts';

const MESSAGE = 'Hello, UDP World!';
const ECHO = `Echo: ${MESSAGE}`;

// Where fewer than three prefixes fit into the buffer, cutting would hide the loop.
const pairs = [
  [1024, 1024],
  [8, 8],
  [1024, 1],
];

test.for(pairs)(
  'one forged datagram starts no endless loop of two echo servers that keep %i and %i bytes',
  async ([sizeA = 0, sizeB = 0]) => {
    await using lab = await Lab.start();
    const echoServer = ours('udp-echo-server');
    const [a, b] = await Promise.all([
      Service.start(lab, 'a', { ...echoServer, env: { BUFFER_SIZE: sizeA } }),
      Service.start(lab, 'b', { ...echoServer, env: { BUFFER_SIZE: sizeB } }),
    ]);
    await forge(lab, { sources: [`${a.ipv4}:50000`], target: `${b.ipv4}:50000`, payload: 'hey' });

    const loops = () => [a, b].flatMap((server) => server.log.events('loop'));
    await expect.poll(loops).toHaveLength(1);
    await expectEndOfLoop(lab, [a, b]);
  },
);

test('nor does one between the echo server and the one in Python', async () => {
  await using lab = await Lab.start();
  const server = await startService(lab, 'udp-echo-server');
  const peer = await startPython(lab, 'udp_echo_server.py');
  const forgery = { sources: [`${peer.ipv4}:50000`], target: `${server.ipv4}:50000` };
  await forge(lab, { ...forgery, payload: 'hey' });

  await server.log.event('loop');
  await expectEndOfLoop(lab, [server, peer]);
});

test('what a third host, or another port of the server, sends is not taken for the echo', async () => {
  await using lab = await Lab.start();
  const server = await startPeer(lab, 'udp-server.ts', { IGNORE: 1 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 3000, RETRIES: 0 };
  const client = await startService(lab, 'udp-client', env);
  await forge(lab, {
    sources: strangers(server),
    target: await clientOf(client),
    payload: ECHO,
  });
  // Else it came too late to be taken for anything.
  expect(client.log.events('failed')).toEqual([]);

  expect(await client.exitCode()).toBe(1);
  expect(client.log.events('received')).toEqual([]);
  expect(client.log.events('failed')).toHaveLength(1);
});

test('the echo is still awaited when a forged one has come first', async () => {
  await using lab = await Lab.start();
  const server = await startPeer(lab, 'udp-server.ts', { HOLD: 1 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 60_000, RETRIES: 0 };
  const client = await startService(lab, 'udp-client', env);
  await forge(lab, {
    sources: strangers(server),
    target: await clientOf(client),
    payload: ECHO,
  });
  const releasedMs = Date.now();
  await server.host.kill('SIGUSR2');

  expect(await client.exitCode()).toBe(0);
  const [received] = client.log.events('received');
  expect(received).toMatchObject({ text: ECHO, tries: 1 });
  expect(Date.parse(received?.time ?? '')).toBeGreaterThanOrEqual(releasedMs);
});

test('UDP itself gives no protection from an echo forged with the address and port of the server', async () => {
  await using lab = await Lab.start();
  const server = await startPeer(lab, 'udp-server.ts', { IGNORE: 1 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 60_000, RETRIES: 0 };
  const client = await startService(lab, 'udp-client', env);
  const sources = [`${server.ipv4}:50000`];
  await forge(lab, { sources, target: await clientOf(client), payload: ECHO });

  expect(await client.exitCode()).toBe(0);
  expect(client.log.events('received')).toMatchObject([{ text: ECHO }]);
});

interface Forgery {
  /** `0.0.0.0` is the forging host's own address. */
  readonly sources: readonly string[];
  readonly target: string;
  readonly payload: string;
}

/** Sends a datagram from a third host, once as if from each source. */
async function forge(lab: Lab, { sources, target, payload }: Forgery): Promise<void> {
  const forger = await Service.start(lab, 'forger', {
    ...python('forge_datagram.py'),
    env: { SOURCES: sources.join(' '), TARGET: target, PAYLOAD: payload },
    capabilities: ['NET_RAW'],
  });
  expect(await forger.exitCode(), forger.log.lines.join('\n')).toBe(0);
}

/** Not the server: a third host with the server's port, and the server's host with another port. */
function strangers(server: Service): string[] {
  return ['0.0.0.0:50000', `${server.ipv4}:50001`];
}

async function clientOf(client: Service): Promise<string> {
  const { local } = await client.log.event('sent');
  return `${client.ipv4}:${local?.port}`;
}

/** That few datagrams went round, and that both servers still answer others. */
async function expectEndOfLoop(lab: Lab, servers: readonly Service[]): Promise<void> {
  const client = await startStandby(lab, 'udp-client');
  const replies = await Promise.all(
    servers.map(({ ipv4 }) => probe(client, ipv4, [Buffer.from('h')])),
  );
  expect(replies.flat().map(({ bytes }) => String(bytes))).toEqual(['Echo: h', 'Echo: h']);
  for (const server of servers) {
    const echoes = server.log.lines.filter((line) => /"echoed"|^received/.test(line));
    expect(echoes.length).toBeLessThan(10);
  }
}
