import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { kernelCounts } from './support/bulk.ts';
import { probe } from './support/probe.ts';
import { ours, python } from './support/programs.ts';
import { Service } from './support/service.ts';
import { startPeer, startPython, startService, startStandby } from './support/services.ts';

const MESSAGE = 'Hello, UDP World!';
const ECHO = `Echo: ${MESSAGE}`;

let lab: Lab;
let client: Host;
/** A third host, which may send what it likes. */
let forger: Host;
beforeAll(async () => {
  lab = await Lab.start();
  [client, forger] = await Promise.all([
    startStandby(lab, 'udp-client'),
    lab.startHost('forger', {
      ...python('forge_datagram.py'),
      entrypoint: ['sleep', 'infinity'],
      command: [],
      capabilities: ['NET_RAW'],
    }),
  ]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

// Where fewer than three prefixes fit into the buffer, cutting would hide the loop.
const pairs = [
  [1024, 1024],
  [8, 8],
  [1024, 1],
];

test.for(pairs)(
  'one forged datagram starts no endless loop of two echo servers that keep %i and %i bytes',
  async ([sizeA = 0, sizeB = 0]) => {
    const start = (name: string, BUFFER_SIZE: number) => {
      const options = { ...ours('udp-echo-server'), env: { BUFFER_SIZE } };
      return Service.start(lab, `${name}-${sizeA}-${sizeB}`, options);
    };
    const [a, b] = await Promise.all([start('a', sizeA), start('b', sizeB)]);
    await forge({ sources: [`${a.ipv4}:50000`], target: `${b.ipv4}:50000`, payload: 'hey' });

    const loops = () => [a, b].flatMap((server) => server.log.events('loop'));
    await expect.poll(loops).toHaveLength(1);
    await expectEndOfLoop([a, b]);
  },
);

test('one forged datagram starts no endless loop between our echo server and the one in Python', async () => {
  const server = await startService(lab, 'udp-echo-server');
  const peer = await startPython(lab, 'udp_echo_server.py');
  const forgery = { sources: [`${peer.ipv4}:50000`], target: `${server.ipv4}:50000` };
  await forge({ ...forgery, payload: 'hey' });

  await server.log.event('loop');
  await expectEndOfLoop([server, peer]);
});

test('what a third host, or another port of the server, sends is not taken for the echo', async () => {
  const server = await startPeer(lab, 'udp-server.ts', { IGNORE: 1 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 60_000, RETRIES: 0 };
  const asking = await startService(lab, 'udp-client', env);
  const target = await clientOf(asking);
  await forge({ sources: strangers(server), target, payload: ECHO });

  // The kernel of the client has both, and a socket for neither.
  const unwanted = async () => (await kernelCounts(asking.host)).get('Udp.NoPorts');
  await expect.poll(unwanted).toBe(2);
  expect(asking.log.lines.map((line) => JSON.parse(line).event)).toEqual(['sent']);
});

test('the echo is still awaited when a forged one has come first', async () => {
  const server = await startPeer(lab, 'udp-server.ts', { HOLD: 1 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 60_000, RETRIES: 0 };
  const asking = await startService(lab, 'udp-client', env);
  const target = await clientOf(asking);
  await forge({ sources: strangers(server), target, payload: ECHO });
  const releasedMs = Date.now();
  await server.host.kill('SIGUSR2');

  expect(await asking.exitCode()).toBe(0);
  const [received] = asking.log.events('received');
  expect(received).toMatchObject({ text: ECHO, tries: 1 });
  expect(Date.parse(received?.time ?? '')).toBeGreaterThanOrEqual(releasedMs);
});

test('UDP itself gives no protection from an echo forged with the address and port of the server', async () => {
  const server = await startPeer(lab, 'udp-server.ts', { IGNORE: 1 });
  const env = { SERVER_HOST: server.ipv4, TIMEOUT_MS: 60_000, RETRIES: 0 };
  const asking = await startService(lab, 'udp-client', env);
  const sources = [`${server.ipv4}:50000`];
  await forge({ sources, target: await clientOf(asking), payload: ECHO });

  expect(await asking.exitCode()).toBe(0);
  expect(asking.log.events('received')).toMatchObject([{ text: ECHO }]);
});

interface Forgery {
  /** `0.0.0.0` is the forging host's own address. */
  readonly sources: readonly string[];
  readonly target: string;
  readonly payload: string;
}

/** Sends a datagram from the third host, once as if from each source. */
async function forge({ sources, target, payload }: Forgery): Promise<void> {
  const env = [`SOURCES=${sources.join(' ')}`, `TARGET=${target}`, `PAYLOAD=${payload}`];
  const command = ['env', ...env, 'python3', 'forge_datagram.py'];
  const { exitCode, stderr } = await forger.exec(command);
  expect(exitCode, String(stderr)).toBe(0);
}

/** Not the server: a third host with the server's port, and the server's host with another port. */
function strangers(server: Service): string[] {
  return ['0.0.0.0:50000', `${server.ipv4}:50001`];
}

async function clientOf(asking: Service): Promise<string> {
  const { local } = await asking.log.event('sent');
  return `${asking.ipv4}:${local?.port}`;
}

/** That few datagrams went round, and that both servers still answer others. */
async function expectEndOfLoop(servers: readonly Service[]): Promise<void> {
  const replies = await Promise.all(
    servers.map(({ ipv4 }) => probe(client, ipv4, [Buffer.from('h')])),
  );
  expect(replies.flat().map(({ bytes }) => String(bytes))).toEqual(['Echo: h', 'Echo: h']);
  for (const server of servers) {
    const echoes = server.log.lines.filter((line) => /"echoed"|^received/.test(line));
    expect(echoes.length).toBeLessThan(10);
  }
}
