import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clientTitle } from './condition.ts';
import { freePort, startTcpPeer, startUdpPeer } from './testing.ts';
import { runProcess, startProcess } from './testing-process.ts';

// Each waits for processes.
const options = { concurrent: true };

const health = (role: string, port: number) =>
  runProcess('shared/health.ts', { PORT: String(port) }, [role]);

test('a TCP server is healthy while it listens', options, async () => {
  await using server = await startTcpPeer(() => undefined);
  expect(await health('tcp-server', server.port)).toStrictEqual({
    code: 0,
    output: '',
    errors: '',
  });
});

test.each(['127.0.0.1', '::1'])(
  'a UDP server at %s is healthy while it is bound',
  options,
  async (address) => {
    await using server = await startUdpPeer(undefined, address);
    expect(await health('udp-echo-server', server.port)).toStrictEqual({
      code: 0,
      output: '',
      errors: '',
    });
  },
);

test.each([
  ['tcp-server', 'tcp'],
  ['udp-echo-server', 'udp'],
])('a %s that is not there is not healthy', options, async (role, kind) => {
  const port = await freePort();
  expect(await health(role, port)).toStrictEqual({
    code: 1,
    output: `no ${kind} socket is bound to port ${port}\n`,
    errors: '',
  });
});

test(
  'the title of a client is what its condition says, to be read from outside',
  options,
  async () => {
    const env = { SERVER_HOST: '127.0.0.1', SERVER_PORT: String(await freePort()) };
    await using client = startProcess('udp-client/main.ts', {
      ...env,
      COUNT: '0',
      INTERVAL_MS: '60000',
    });
    await client.lines.logged('failed');
    const title = readFileSync(`/proc/${client.child.pid}/cmdline`, 'utf8').replaceAll('\0', '');
    expect(title).toBe(clientTitle('udp-client', 'failing'));
  },
);

test('a stranger has no health', options, async () => {
  expect(await health('tcp', 1)).toMatchObject({ code: 1, output: '"tcp" is no role\n' });
});
