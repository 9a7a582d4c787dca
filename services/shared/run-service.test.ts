import { once } from 'node:events';
import { expect, test } from 'vitest';
import { connectAndStay, freePort, visit } from './testing.ts';
import { runProcess, startProcess } from './testing-process.ts';

// Each waits for processes.
const options = { concurrent: true };

const roles = ['tcp-server', 'tcp-client', 'udp-echo-server', 'udp-client'];

/** A TCP server as a process of its own, that listens. */
async function startServer(env: Record<string, string> = {}) {
  const port = await freePort();
  const server = startProcess('tcp-server/main.ts', {
    HOST: '127.0.0.1',
    PORT: String(port),
    ...env,
  });
  await server.lines.logged('listening');
  return { ...server, port };
}

test.each(roles)(
  '%s explains its settings and exit codes on --help, and does nothing else',
  options,
  async (role) => {
    const { code, output, errors } = await runProcess(`${role}/main.ts`, {}, ['--help']);
    expect(code).toBe(0);
    expect(output.split('\n')[0]).toMatch(new RegExp(`^${role}: \\w.*\\w$`));
    expect(output).toMatch(/^ {2}LOG_FORMAT +one JSON object or one sentence per line$/m);
    expect(output).toMatch(/^ +a whole number from 1 to 65535; default: 50000$/m);
    expect(output).toContain('Exit codes: 0 done, 1 the network failed, 2 bad settings');
    expect(output.split('\n').filter((line) => line.length > 80)).toStrictEqual([]);
    expect(errors).toBe('');
  },
);

test('a service does not start with an argument that it does not know', options, async () => {
  const { code, output, errors } = await runProcess('udp-client/main.ts', {}, ['--port=1']);
  expect(code).toBe(2);
  expect(output).toBe('');
  expect(errors).toBe(
    'udp-client: unknown argument "--port=1"; settings come from the environment, see --help\n',
  );
});

const client = { SERVER_HOST: '-', SERVER_PORT: '0', FAMILY: '5', COUNT: 'x', INTERVAL_MS: '-1' };
const log = { LOG_FORMAT: 'xml', LOG_LEVEL: 'INFO' };

test.each([
  [
    'tcp-server',
    {
      HOST: '',
      PORT: '0',
      GREETING: 'x'.repeat(100_001),
      ACCEPT_LIMIT: '-1',
      MAX_OPEN: '0',
      ...log,
    },
  ],
  ['tcp-client', { ...client, TIMEOUT_MS: '0', ...log }],
  ['udp-echo-server', { HOST: '[::]', PORT: '65536', BUFFER_SIZE: '0', ...log }],
  [
    'udp-client',
    { ...client, TIMEOUT_MS: '1s', MESSAGE: 'x'.repeat(65_508), RETRIES: '11', ...log },
  ],
])(
  '%s names each bad setting on a line of standard error, and ends with 2',
  options,
  async (role, env) => {
    const { code, output, errors } = await runProcess(`${role}/main.ts`, env);
    expect(code).toBe(2);
    expect(output).toBe('');
    const [last, ...lines] = errors.split('\n').toReversed();
    expect(last).toBe('');
    expect(
      lines.map((line) => line.replace(/ must be .+, but is (empty|".*")$/, '')).sort(),
    ).toStrictEqual(
      Object.keys(env)
        .map((name) => `${role}: ${name}`)
        .sort(),
    );
  },
);

test.for(['SIGTERM', 'SIGINT'] as const)(
  'on %s a server finishes what is open, and ends with 0',
  options,
  // Where tests run at the same time, each has its own.
  async (signal, { expect }) => {
    await using server = await startServer();
    const client = await connectAndStay(server.port);
    await server.lines.logged('accepted');
    server.child.kill(signal);
    await server.lines.logged('stopping');
    await expect.poll(async () => (await visit(server.port)).error).toBe('ECONNREFUSED');
    expect(server.child.exitCode).toBeNull();

    const [greeting] = await once(client, 'data');
    expect(String(greeting)).toBe('Hello, client! Connection established.');
    client.end();
    expect(await server.ended).toMatchObject({ code: 0, errors: '' });
    const events = server.lines.all.map(({ event }) => event);
    expect(events).toStrictEqual(['listening', 'accepted', 'stopping', 'closed']);
  },
);

test('on a second signal a server ends at once, with 0', options, async () => {
  await using server = await startServer();
  const client = await connectAndStay(server.port);
  await server.lines.logged('accepted');
  server.child.kill('SIGTERM');
  await server.lines.logged('stopping');
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, errors: '' });
  expect(server.lines.named('cut-off')).toStrictEqual([]);
  expect(server.lines.named('closed')).toStrictEqual([]);
  client.destroy();
});

test.each(['tcp-client', 'udp-client'])(
  '%s that cannot reach its server says why, and ends with 1',
  options,
  async (role) => {
    const port = await freePort();
    const env = { SERVER_HOST: '127.0.0.1', SERVER_PORT: String(port) };
    await using running = startProcess(`${role}/main.ts`, env);
    expect(await running.ended).toMatchObject({ code: 1, errors: '' });
    expect(running.lines.all.at(-1)).toMatchObject({
      level: 'error',
      role,
      event: 'failed',
      msg: `Connection refused by 127.0.0.1:${port}. Is the server running?`,
    });
  },
);

test('a server whose port is in use says so, and exits with 1', options, async () => {
  await using first = await startServer();
  const env = { HOST: '127.0.0.1', PORT: String(first.port) };
  await using second = startProcess('tcp-server/main.ts', env);
  expect(await second.ended).toMatchObject({ code: 1, errors: '' });
  expect(second.lines.all).toMatchObject([
    {
      event: 'failed',
      msg: expect.stringMatching(/^Cannot listen on .*: the port is already in use/),
    },
  ]);
});

test(
  'a client without a limit survives failures, and exits with 0 on SIGTERM',
  options,
  async () => {
    const env = { SERVER_HOST: '127.0.0.1', SERVER_PORT: String(await freePort()) };
    await using running = startProcess('tcp-client/main.ts', {
      ...env,
      COUNT: '0',
      INTERVAL_MS: '10',
    });
    await running.lines.logged('failed', 3);
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, errors: '' });
  },
);

test('a server with ACCEPT_LIMIT=1 ends with 0 after its client', options, async () => {
  await using server = await startServer({ ACCEPT_LIMIT: '1' });
  await visit(server.port);
  expect(await server.ended).toMatchObject({ code: 0, errors: '' });
});
