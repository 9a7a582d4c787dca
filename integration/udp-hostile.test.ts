import { expect, test } from 'vitest';
import type { Host } from './support/host.ts';
import { Lab } from './support/lab.ts';
import { probe } from './support/probe.ts';

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
    const [a, b] = await Promise.all([
      lab.host('udp-echo-server', { env: { BUFFER_SIZE: sizeA } }),
      lab.host('udp-echo-server', { env: { BUFFER_SIZE: sizeB } }),
    ]);
    await forge(lab, { sources: [`${a.ipv4}:50000`], target: `${b.ipv4}:50000`, payload: 'hey' });

    const loops = () => [a, b].flatMap((server) => server.events('loop'));
    await expect.poll(loops, { timeout: 10_000 }).toHaveLength(1);
    await expectEndOfLoop(lab, [a, b]);
  },
);

test('nor does one between the echo server and the one in Python', async () => {
  await using lab = await Lab.start();
  const ours = await lab.host('udp-echo-server');
  const python = await lab.python('udp_echo_server.py');
  const forgery = { sources: [`${python.ipv4}:50000`], target: `${ours.ipv4}:50000` };
  await forge(lab, { ...forgery, payload: 'hey' });

  await ours.event('loop');
  await expectEndOfLoop(lab, [ours, python]);
});

test('what a third host, or another port of the server, sends is not taken for the echo', async () => {
  await using lab = await Lab.start();
  const server = await lab.peer('udp-server.ts', { env: { IGNORE: 1 } });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 3000, RETRIES: 0 };
  const client = await lab.host('udp-client', { env });
  await forge(lab, {
    sources: strangers(server),
    target: await clientOf(client),
    payload: ECHO,
  });
  // Else it came too late to be taken for anything.
  expect(client.events('failed')).toEqual([]);

  expect(await client.exitCode()).toBe(1);
  expect(client.events('received')).toEqual([]);
  expect(client.events('failed')).toHaveLength(1);
});

test('the echo is still awaited when a forged one has come first', async () => {
  await using lab = await Lab.start();
  const server = await lab.peer('udp-server.ts', { env: { HOLD: 1 } });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 60_000, RETRIES: 0 };
  const client = await lab.host('udp-client', { env });
  await forge(lab, {
    sources: strangers(server),
    target: await clientOf(client),
    payload: ECHO,
  });
  const releasedMs = Date.now();
  await server.signal('SIGUSR2');

  expect(await client.exitCode()).toBe(0);
  const [received] = client.events('received');
  expect(received).toMatchObject({ text: ECHO, tries: 1 });
  expect(Date.parse(received?.time ?? '')).toBeGreaterThanOrEqual(releasedMs);
});

test('UDP itself gives no protection from an echo forged with the address and port of the server', async () => {
  await using lab = await Lab.start();
  const server = await lab.peer('udp-server.ts', { env: { IGNORE: 1 } });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 60_000, RETRIES: 0 };
  const client = await lab.host('udp-client', { env });
  const sources = [`${server.ipv4}:50000`];
  await forge(lab, { sources, target: await clientOf(client), payload: ECHO });

  expect(await client.exitCode()).toBe(0);
  expect(client.events('received')).toMatchObject([{ text: ECHO }]);
});

interface Forgery {
  /** `0.0.0.0` is the forging host's own address. */
  readonly sources: readonly string[];
  readonly target: string;
  readonly payload: string;
}

/** Sends a datagram from a third host, once as if from each source. */
async function forge(lab: Lab, { sources, target, payload }: Forgery): Promise<void> {
  const forger = await lab.python('forge_datagram.py', {
    env: { SOURCES: sources.join(' '), TARGET: target, PAYLOAD: payload },
    capabilities: ['NET_RAW'],
  });
  expect(await forger.exitCode(), forger.lines.join('\n')).toBe(0);
}

/** Not the server: a third host with the server's port, and the server's host with another port. */
function strangers(server: Host): string[] {
  return ['0.0.0.0:50000', `${server.ipv4}:50001`];
}

async function clientOf(client: Host): Promise<string> {
  const { local } = await client.event('sent');
  return `${client.ipv4}:${local?.port}`;
}

/** That few datagrams went round, and that both servers still answer others. */
async function expectEndOfLoop(lab: Lab, servers: readonly Host[]): Promise<void> {
  const probes = await Promise.all(servers.map((server) => probe(lab, server, [Buffer.from('h')])));
  const replies = probes.flatMap(({ replies }) => replies);
  expect(replies.map(({ bytes }) => String(bytes))).toEqual(['Echo: h', 'Echo: h']);
  for (const server of servers) {
    const echoes = server.lines.filter((line) => /"echoed"|^received/.test(line));
    expect(echoes.length).toBeLessThan(10);
  }
}
