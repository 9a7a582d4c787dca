import { closeSync, mkdtempDisposableSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, startTcpPeer, visit } from './testing.ts';
import { runProcess, startProcess, stuckPipe } from './testing-process.ts';

// Each waits for processes.
const options = { concurrent: true };

/** The settings of a TCP server on a free port. */
async function settings(more: Record<string, string> = {}) {
  return { HOST: '127.0.0.1', PORT: String(await freePort()), ...more };
}

/** Has many conversations, twenty at a time; returns how many of them were as they should be. */
async function converse(port: number, count: number): Promise<number> {
  let left = count;
  let good = 0;
  const go = async () => {
    while (left > 0) {
      left -= 1;
      const { bytes, finished, error } = await visit(port);
      if (bytes.length === 38 && finished && error === undefined) good += 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, go));
  return good;
}

test(
  'every line is a JSON object with a time, a level, a role, an event and both ends',
  options,
  async () => {
    const env = await settings({ ACCEPT_LIMIT: '1' });
    await using server = startProcess('tcp-server/main.ts', env);
    const listening = await server.lines.logged('listening');
    const port = Number(env.PORT);
    expect(listening).toMatchObject({ level: 'info', role: 'tcp-server', local: { port } });
    await visit(port);
    const { output } = await server.ended;
    const lines = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ event }) => event)).toStrictEqual(['listening', 'accepted', 'closed']);
    for (const { time, local, peer } of lines.slice(1)) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
      expect(local).toStrictEqual({ address: '127.0.0.1', port });
      expect(peer).toStrictEqual({ address: '127.0.0.1', port: expect.any(Number) });
    }
  },
);

test(
  'in the pretty format every event is a sentence, without colours for a pipe',
  options,
  async () => {
    const env = { SERVER_HOST: '127.0.0.1', SERVER_PORT: String(await freePort()) };
    const { output } = await runProcess('tcp-client/main.ts', { ...env, LOG_FORMAT: 'pretty' });
    expect(output).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} error: Connection refused by 127\.0\.0\.1:\d+\. Is the server running\?\n$/,
    );
  },
);

test.each([
  ['json', true],
  ['pretty', false],
])(
  'in the %s format, it is %s that what was received is printed unchanged',
  options,
  async (LOG_FORMAT, isPrinted) => {
    const greeting = 'Grüße \u001b[31m "red" \\ \t and more, '.repeat(2500);
    await using server = await startTcpPeer((socket) => socket.end(greeting));
    const env = { SERVER_HOST: '127.0.0.1', SERVER_PORT: String(server.port), LOG_FORMAT };
    const { code, output } = await runProcess('tcp-client/main.ts', env);
    expect(code).toBe(0);
    expect(output.split('\n').includes(greeting)).toBe(isPrinted);
  },
);

test.each([
  ['silent', 0],
  ['error', 1],
])('with LOG_LEVEL=%s a refused client logs %i lines', options, async (LOG_LEVEL, count) => {
  const env = { SERVER_HOST: '127.0.0.1', SERVER_PORT: String(await freePort()), LOG_LEVEL };
  const { code, output } = await runProcess('tcp-client/main.ts', env);
  expect(code).toBe(1);
  expect(output.split('\n')).toHaveLength(count + 1);
});

/** Makes every second of a program an hour long: however fast the machine is, all that happens is in the first one. */
const LONG_SECOND = `
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (callback, ms, ...rest) => setTimeout(callback, ms === 1000 ? 3600_000 : ms, ...rest);`;

test.for(['json', 'pretty'])(
  'nothing of a %s log is lost when the service ends',
  options,
  async (LOG_FORMAT, { expect }) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'socketlab-'));
    const path = join(folder.path, 'log');
    const file = openSync(path, 'w');
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(LONG_SECOND)}`;
    const env = await settings({ ACCEPT_LIMIT: '150', LOG_FORMAT, NODE_OPTIONS });
    await using server = startProcess('tcp-server/main.ts', env, [], file);
    closeSync(file);
    await expect.poll(() => readFileSync(path, 'utf8')).toContain('listening');
    expect(await converse(Number(env.PORT), 150)).toBe(150);
    expect(await server.ended).toMatchObject({ code: 0, errors: '' });

    const log = readFileSync(path, 'utf8');
    const logged = [...log.matchAll(/accepted a conn|closed the conn/g)].length;
    const summed = [...log.matchAll(/(\d+) × /g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    // How many are summed up depends on how fast this machine is.
    expect(logged + summed).toBe(300);
  },
);

test.for(['json', 'pretty'])(
  'nobody reading a %s log delays no client, and not the end',
  options,
  async (LOG_FORMAT, { expect }) => {
    using pipe = stuckPipe();
    const env = await settings({ LOG_FORMAT });
    await using server = startProcess('tcp-server/main.ts', env, [], pipe.fd);
    const port = Number(env.PORT);
    await expect.poll(async () => (await visit(port)).error).toBeUndefined();
    expect(await converse(port, 1000)).toBe(1000);
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, errors: '' });
  },
);

test('a log whose reader has gone away ends nothing', options, async () => {
  const env = await settings();
  await using server = startProcess('tcp-server/main.ts', env);
  await server.lines.logged('listening');
  server.child.stdout?.destroy();
  expect(await converse(Number(env.PORT), 50)).toBe(50);
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, errors: '' });
});

test('a log that cannot be written ends nothing', options, async () => {
  const env = await settings();
  const full = openSync('/dev/full', 'w');
  await using server = startProcess('tcp-server/main.ts', env, [], full);
  closeSync(full);
  await expect.poll(() => converse(Number(env.PORT), 1).catch(() => 0)).toBe(1);
  expect(await converse(Number(env.PORT), 50)).toBe(50);
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, errors: '' });
});
