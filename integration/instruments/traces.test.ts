/** What a trace tells of the programs of a host, whatever traces them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CallEvent,
  chooseTracer,
  type Host,
  type HostOptions,
  Lab,
  type Role,
} from '../../lab/index.ts';
import { probesOf } from '../support/remains.ts';
import { converse, startStandby } from '../support/services.ts';
import { image, inShort, killTrace, watch } from '../support/traced.ts';
import { tracersHere } from '../support/tracers.ts';

let lab: Lab;
let server: Host;
let client: Host;

const GREETING = 'Hello, client! Connection established.';

describe.each(await tracersHere())('by %s', (tracer) => {
  beforeAll(async () => {
    chooseTracer(tracer);
    lab = await Lab.start();
    [server, client] = await Promise.all([
      lab.startHost('tcp-server', { image: image('tcp-server'), env: { HOST: '::' } }),
      startStandby(lab, 'tcp-client'),
    ]);
  });
  afterAll(async () => {
    chooseTracer();
    await lab[Symbol.asyncDispose]();
  });

  test('attached to our TCP server, a trace says that it listens, and then what it does for a client', async () => {
    await using trace = await lab.trace(['tcp-server']);
    const watched = watch(trace);
    const { exitCode } = await converse(client, { SERVER_HOST: server.ipv4 ?? '' });
    expect(exitCode).toBe(0);
    await expect
      .poll(() => inShort(watched))
      .toEqual([
        'listen([::]:50000), already',
        'accept() = 19',
        'write(38 bytes) = 38',
        'shutdown(SHUT_WR) = 0',
        'read(up to 65536 bytes) = 0',
        'close() = 0',
      ]);
    const [listen, accept, write] = watched.filter(({ stage }) => stage !== 'waiting');
    expect(listen?.socket).toMatchObject({ fd: 18, local: { address: '::', port: 50_000 } });
    const ends = {
      local: { address: server.ipv4, port: 50_000 },
      remote: { address: client.ipv4 },
    };
    expect(accept).toMatchObject({ socket: ends, peer: { address: client.ipv4 } });
    expect(write).toMatchObject({ socket: ends, data: { bytes: 38, preview: GREETING } });
    expect(watched.every(({ process }) => process.name === 'node' && process.pid > 1)).toBe(true);
    const times = watched.map(({ atNs }) => atNs);
    expect(times).toEqual(times.toSorted());
  });

  test('our TCP client is seen from its first socket to its last close', async () => {
    const calls = await traceOf('tcp-client', {
      env: { SERVER_HOST: server.ipv4 ?? '', COUNT: 1 },
    });
    expect(inShort(calls)).toEqual([
      'socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK) = 18',
      `connect(${server.ipv4}:50000) = EINPROGRESS`,
      'getsockopt(SO_ERROR, 0) = 0',
      'read(up to 65536 bytes) = 38',
      'read(up to 65536 bytes) = 0',
      'close() = 0',
    ]);
    const [, connect] = calls;
    expect(connect?.socket?.remote).toEqual({ address: server.ipv4, port: 50_000 });
  });

  test('our UDP pair is seen from its first socket on, and the server has every datagram with its sender', async () => {
    const HOST = '0.0.0.0';
    const echo = await lab.startHost('udp-echo-server', {
      image: image('udp-echo-server'),
      env: { HOST },
      traced: true,
    });
    await using trace = await lab.trace(['udp-echo-server']);
    const watched = watch(trace);
    const calls = await traceOf('udp-client', { env: { SERVER_HOST: echo.ipv4 ?? '', COUNT: 1 } });
    expect(inShort(calls)).toEqual([
      'socket(AF_INET, SOCK_DGRAM|SOCK_NONBLOCK) = 18',
      'bind(0.0.0.0:0) = 0',
      `connect(${echo.ipv4}:50000) = 0`,
      'sendmsg(17 bytes) = 17',
      'recvmsg(up to 65536 bytes) = 23',
      'close() = 0',
    ]);
    await expect
      // On a busy machine, strace may take an idle try for a call that has waited.
      .poll(() => inShort(watched.filter(({ error }) => error !== 'EAGAIN')).slice(-3))
      .toEqual([
        'bind(0.0.0.0:50000) = 0',
        'recvmsg(up to 65536 bytes) = 17',
        expect.stringMatching(/^send\w+\(23 bytes to [0-9.]+:\d+\) = 23$/),
      ]);
    const [received, sent] = watched.filter(({ error }) => error !== 'EAGAIN').slice(-2);
    const local = calls.findLast(({ socket }) => socket?.local)?.socket?.local;
    expect(received?.peer).toEqual(local);
    expect(sent).toMatchObject({ peer: local, data: { preview: 'Echo: Hello, UDP World!' } });
  });

  test('a pair in Python is seen as completely, including the wait of its server', async () => {
    const python = await lab.startHost('python-server', {
      image: image('python'),
      command: ['tcp_server.py'],
      ready: /listening/,
      traced: true,
    });
    await using trace = await lab.trace(['python-server']);
    const watched = watch(trace);
    const start = [
      'socket(AF_INET, SOCK_STREAM) = 3',
      'setsockopt(SO_REUSEADDR, 1) = 0',
      'bind(0.0.0.0:50000) = 0',
      'listen(128) = 0',
      'accept() …',
    ];
    await expect.poll(() => inShort(watched)).toEqual(start);
    const calls = await traceOf('python', {
      command: ['tcp_client.py'],
      env: { SERVER_HOST: python.ipv4 ?? '' },
    });
    expect(inShort(calls.filter(({ stage }) => stage === 'returned'))).toEqual([
      'socket(AF_INET, SOCK_STREAM) = 3',
      `connect(${python.ipv4}:50000) = EINPROGRESS`,
      'getsockopt(SO_ERROR, 0) = 0',
      'recvfrom(up to 1024 bytes) = 38',
      'recvfrom(up to 1024 bytes) = 0',
      'close() = 0',
    ]);
    const served = ['accept() = 4', 'sendto(38 bytes) = 38', 'close() = 0', 'accept() …'];
    await expect.poll(() => inShort(watched)).toEqual([...start, ...served]);
    expect(watched[5]).toMatchObject({ id: watched[4]?.id, peer: calls[1]?.socket?.local });

    await trace.stop();
    await using again = await lab.trace(['python-server']);
    const attached = watch(again);
    await expect
      .poll(() => inShort(attached))
      .toEqual(['listen(0.0.0.0:50000), already', 'accept() …']);
  });

  test('what "docker exec" runs in a host is seen as soon as the tracer has attached', async () => {
    const entrypoint = ['python3', '-c', 'import time; time.sleep(60)'];
    const idle = await lab.startHost('idle', {
      image: image('python'),
      entrypoint,
      ready: 'running',
    });
    await using trace = await lab.trace(['idle']);
    const watched = watch(trace);
    // strace comes a moment after it, BPF is there before.
    const waits = `
for _ in range(2000):
    if 'TracerPid:\\t0\\n' not in open('/proc/self/status').read(): break
    time.sleep(0.01)`;
    const code = `
import socket, sys, time
${tracer === 'strace' ? waits : ''}
with socket.create_connection((sys.argv[1], 50000)) as connection:
    while connection.recv(100): pass`;
    const { exitCode } = await idle.exec(['python3', '-c', code, server.ipv4 ?? '']);
    expect(exitCode).toBe(0);
    await expect.poll(() => inShort(watched).at(-1)).toBe('close() = 0');
    expect(inShort(watched)).toEqual([
      'socket(AF_INET, SOCK_STREAM) = 3',
      `connect(${server.ipv4}:50000) = 0`,
      'recvfrom(up to 100 bytes) = 38',
      'recvfrom(up to 100 bytes) = 0',
      'close() = 0',
    ]);
  });

  test('a service carries on when its trace ends, even if the probe is killed', async () => {
    const trace = await lab.trace(['tcp-server']);
    expect(await probesOf(server)).toEqual(['trace']);
    await trace.stop();
    expect(await probesOf(server)).toEqual([]);
    await expectTalk();

    await using killed = await lab.trace(['tcp-server']);
    const watched = watch(killed);
    await expectTalk();
    await expect.poll(() => inShort(watched).at(-1)).toBe('close() = 0');
    await killTrace(server);
    await expect.poll(() => probesOf(server)).toEqual([]);
    await expectTalk();
  });

  test('a tool that is killed while it traces leaves no probe, and the service carries on', async () => {
    const script = `
    import { Lab } from '${new URL('../../lab/index.ts', import.meta.url).pathname}';
    const lab = await Lab.attach({ project: '${lab.name}' });
    for await (const { call } of await lab.trace(['tcp-server'])) console.log(call);`;
    const args = ['--input-type=module-typescript', '--eval', script];
    const tool = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [first] = await once(createInterface({ input: tool.stdout }), 'line');
    expect(first).toBe('listen');
    tool.kill('SIGKILL');
    await once(tool, 'exit');
    await expect.poll(() => probesOf(server)).toEqual([]);
    await expectTalk();
  });
});

/** Starts a host that ends by itself, and waits for that. @returns all its calls. */
async function traceOf(
  role: Role | 'python',
  options: Omit<HostOptions, 'image'>,
): Promise<CallEvent[]> {
  const name = `traced-${role}`;
  await lab.startHost(name, { image: image(role), ready: 'running', traced: true, ...options });
  await using trace = await lab.trace([name]);
  return await Array.fromAsync(trace);
}

async function expectTalk(): Promise<void> {
  const { exitCode } = await converse(client, { SERVER_HOST: server.ipv4 ?? '' });
  expect(exitCode).toBe(0);
}
