/** What holds for one way of tracing alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseTracer, type Host, Lab, LabError } from '../../lab/index.ts';
import { converse, startStandby } from '../support/services.ts';
import { image, inShort, killTrace, watch } from '../support/traced.ts';
import { tracersHere, WITHOUT_BPF } from '../support/tracers.ts';

const tracers = await tracersHere();

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(async () => {
  chooseTracer();
  await lab?.[Symbol.asyncDispose]();
});

test('strace shares a processor with a busy program only while it traces it, even if the probe is killed', async () => {
  chooseTracer('strace');
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
});

test('a second strace of a host is refused, and the first one continues', async () => {
  chooseTracer('strace');
  const server = await lab.startHost('tcp-server', {
    image: image('tcp-server'),
    ready: /listening/,
  });
  const client = await startStandby(lab, 'tcp-client');
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
  const { exitCode } = await converse(client, { SERVER_HOST: server.ipv4 ?? '' });
  expect(exitCode).toBe(0);
  await expect.poll(() => inShort(watched).at(-1)).toBe('close() = 0');
});

test('of 1,000 processes that end at once BPF misses none', async ({ skip }) => {
  skip(!tracers.includes('bpf'), WITHOUT_BPF);
  chooseTracer('bpf');
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

test('what a program leaves running when its host ends is told by BPF, also if it has made no call', async ({
  skip,
}) => {
  skip(!tracers.includes('bpf'), WITHOUT_BPF);
  chooseTracer('bpf');
  const entrypoint = ['python3', '-c', 'import os, time; os.fork() or time.sleep(60)'];
  await lab.startHost('left', {
    image: image('python'),
    entrypoint,
    ready: 'running',
    traced: true,
  });
  await using trace = await lab.trace(['left']);
  expect(await Array.fromAsync(trace)).toEqual([]);
  expect(trace.killedProcesses).toEqual([expect.any(Number)]);
  expect(trace.firstProcesses).not.toContain(trace.killedProcesses[0]);
});

/** Those that the program of a host may run on. */
async function processorsOf(host: Host): Promise<number[]> {
  const code = `
import os
program = int(open('/proc/1/task/1/children').read().split()[0])
print(list(os.sched_getaffinity(program)))`;
  const { stdout } = await host.exec(['python3', '-c', code]);
  return JSON.parse(stdout.toString());
}
