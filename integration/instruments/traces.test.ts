import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { argumentsText } from '../../lab/explain/calls/call-arguments.ts';
import {
  type CallEvent,
  type Capture,
  chooseTracer,
  type Host,
  type HostOptions,
  Lab,
  LabError,
  type Role,
  type Trace,
} from '../../lab/index.ts';
import { endpointText } from '../../lab/model/endpoint-text.ts';
import { docker } from '../support/docker.ts';
import { imageOf } from '../support/images.ts';
import { signalBeside } from '../support/programs-beside.ts';
import { probesOf } from '../support/remains.ts';
import { converse, startStandby } from '../support/services.ts';
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
  afterAll(() => lab[Symbol.asyncDispose]());

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

  test.runIf(tracer === 'strace')(
    'a busy program shares a processor with its tracer only while it is traced, even if the probe is killed',
    async () => {
      const code = `
import socket, time
end = time.monotonic() + 60
while time.monotonic() < end: socket.socket().close()`;
      const entrypoint = ['python3', '-c', code];
      const busy = await lab.startHost('busy', {
        image: image('python'),
        entrypoint,
        ready: 'running',
      });
      const before = await processorsOf(busy);
      await using trace = await lab.trace(['busy']);
      await expect.poll(() => processorsOf(busy)).toHaveLength(1);
      await trace.stop();
      expect(await processorsOf(busy)).toEqual(before);

      await using killed = await lab.trace(['busy']);
      await expect.poll(() => processorsOf(busy)).toHaveLength(1);
      await killTrace(busy);
      await killed.stop();
      expect(await processorsOf(busy)).toEqual(before);
      await busy.stop();
    },
  );

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

  test.runIf(tracer === 'strace')(
    'a second trace of a host is refused, and the first one continues',
    async () => {
      await using trace = await lab.trace(['tcp-server']);
      const watched = watch(trace);
      const error = await lab.trace(['tcp-server']).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(LabError);
      expect(error).toHaveProperty('code', 'TRACED_ALREADY');
      expect(error).toHaveProperty(
        'message',
        expect.stringMatching(
          /^Cannot trace host "tcp-server": its process \d+ is being traced already$/,
        ),
      );
      await expectTalk();
      await expect.poll(() => inShort(watched).at(-1)).toBe('close() = 0');
    },
  );

  test('a traced host keeps its output and its exit code, and stops when it is asked to', async () => {
    const options = { image: image('tcp-server'), traced: true } as const;
    const failing = await lab.startHost('failing', {
      ...options,
      entrypoint: [
        'node',
        '--eval',
        'console.log(process.argv0, process.pid); process.exitCode = 7',
      ],
      ready: /node/,
    });
    const container = docker.getContainer(failing.id);
    expect((await container.wait()).StatusCode).toBe(7);
    const lines = await logOf(failing);
    expect(lines).toEqual([expect.stringMatching(/^node \d+$/)]);

    const graceful = await lab.startHost('graceful', options);
    await graceful.stop({ timeoutMs: 20_000 });
    expect((await docker.getContainer(graceful.id).inspect()).State.ExitCode).toBe(0);
    expect((await logOf(graceful)).at(-1)).toContain('"event":"stopping"');
  });

  test.runIf(tracer === 'bpf')('of 1,000 processes that end at once none is missed', async () => {
    const code = `
import os, socket
for _ in range(40):
    for _ in range(25):
        if os.fork() == 0:
            socket.socket().close()
            os._exit(0)
    for _ in range(25): os.wait()`;
    await lab.startHost('many', {
      image: image('python'),
      entrypoint: ['python3', '-c', code],
      ready: 'running',
      traced: true,
    });
    await using trace = await lab.trace(['many']);
    const calls = await Array.fromAsync(trace);
    const sockets = calls.filter(({ call }) => call === 'socket');
    expect(new Set(sockets.map(({ process }) => process.pid)).size).toBe(1000);
    expect(new Set(calls.map(({ process }) => process.name))).toEqual(new Set(['python3']));
    expect(calls.filter(({ call }) => call === 'close')).toHaveLength(1000);
  });

  test('a host that is killed within a call has been seen waiting in it', async () => {
    const code = `
import socket
socket.create_server(('', 7000)).accept()`;
    const host = await lab.startHost('killed', {
      image: image('python'),
      entrypoint: ['python3', '-c', code],
      ready: 'running',
      traced: true,
    });
    await using trace = await lab.trace(['killed']);
    const watched = watch(trace);
    await expect.poll(() => inShort(watched).at(-1)).toBe('accept() …');
    await host.kill();
    await trace.stop();
    expect(inShort(watched).at(-1)).toBe('accept() …');
  });

  test('a capture that begins while a traced host is prepared has its first packet', async () => {
    let capture: Capture | undefined;
    await lab.startHost('prepared', {
      image: image('tcp-client'),
      env: { SERVER_HOST: server.ipv4 ?? '' },
      ready: 'running',
      traced: true,
      prepare: async ({ name }) => {
        capture = await lab.capture([name]);
      },
    });
    await using trace = await lab.trace(['prepared']);
    const [first] = await Array.fromAsync(trace);
    expect(first?.call).toBe('socket');
    await capture?.stop();
    const segments = await Array.fromAsync(capture ?? []);
    expect(segments.find(({ packet }) => packet.tcp)?.packet.tcp?.flags).toMatchObject({
      syn: true,
      ack: false,
    });
  });

  test('a traced host that cannot be prepared is removed, and the error says why', async () => {
    const start = lab.startHost('unprepared', {
      image: image('tcp-client'),
      ready: 'running',
      traced: true,
      prepare: () => Promise.reject(new Error('no capture')),
    });
    await expect(start).rejects.toThrow('Cannot start host "unprepared": no capture');
    expect((await lab.hosts()).map(({ name }) => name)).not.toContain('unprepared');
  });
});

function image(role: Role | 'python'): string {
  return imageOf(inject('runId'), role);
}

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

/** What a trace reports, as it arrives. */
function watch(trace: Trace): CallEvent[] {
  const events: CallEvent[] = [];
  void (async () => {
    for await (const event of trace) events.push(event);
  })();
  return events;
}

/** As in `accept() = 4`; with `…` while it waits. */
function inShort(events: readonly CallEvent[]): string[] {
  // On a busy machine any call may be seen waiting: for a processor.
  const told = events.filter(({ call, stage }) => stage !== 'waiting' || call === 'accept');
  return told.map((event) => {
    const { call, stage, result, error } = event;
    const outcome = { waiting: ' …', present: ', already', returned: ` = ${result ?? error}` };
    return `${call}(${givenTo(event)})${outcome[stage]}`;
  });
}

/** The arguments, with the address that the call names. */
function givenTo(event: CallEvent): string {
  const { call, peer } = event;
  if (peer === undefined || !/^(bind|connect|send)/.test(call)) return argumentsText(event);
  const address = endpointText(peer);
  return call.startsWith('send') ? `${argumentsText(event)} to ${address}` : address;
}

const killTrace = (host: Host) =>
  signalBeside(host, /^node .*trace\/main\.ts|trace\/bpf\/loader/, 'SIGKILL');

/** Those that the program of a host may run on. */
async function processorsOf(host: Host): Promise<number[]> {
  const code = `
import os
program = int(open('/proc/1/task/1/children').read().split()[0])
print(list(os.sched_getaffinity(program)))`;
  const { stdout } = await host.exec(['python3', '-c', code]);
  return JSON.parse(stdout.toString());
}

async function expectTalk(): Promise<void> {
  const { exitCode } = await converse(client, { SERVER_HOST: server.ipv4 ?? '' });
  expect(exitCode).toBe(0);
}

async function logOf(host: Host): Promise<string[]> {
  const lines: string[] = [];
  for await (const { line } of host.logs()) lines.push(line);
  return lines;
}
