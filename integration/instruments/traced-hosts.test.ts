/** Hosts that are traced from their first call on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Capture, chooseTracer, type Host, Lab } from '../../lab/index.ts';
import { docker } from '../support/docker.ts';
import { image, inShort, watch } from '../support/traced.ts';
import { tracersHere } from '../support/tracers.ts';

let lab: Lab;
let server: Host;

describe.each(await tracersHere())('by %s', (tracer) => {
  beforeAll(async () => {
    chooseTracer(tracer);
    lab = await Lab.start();
    server = await lab.startHost('tcp-server', { image: image('tcp-server'), ready: /listening/ });
  });
  afterAll(async () => {
    chooseTracer();
    await lab?.[Symbol.asyncDispose]();
  });

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

async function logOf(host: Host): Promise<string[]> {
  const lines: string[] = [];
  for await (const { line } of host.logs()) lines.push(line);
  return lines;
}
