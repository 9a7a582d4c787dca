/** Hosts come, go and change while they are watched; and a watch itself comes to its end. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { chooseTracer, type Host, Lab, type LabError, type LabEvent } from '../../lab/index.ts';
import { chosenTracer } from '../../lab/trace/tracer.ts';
import { startConversation, startOnDemandClient } from '../support/on-demand-client.ts';
import { python } from '../support/programs.ts';
import { probesOf } from '../support/remains.ts';
import { type Service, startPython } from '../support/services.ts';
import { tracersHere, WITHOUT_BPF } from '../support/tracers.ts';
import { Watched } from '../support/watched.ts';

const tracers = await tracersHere();

let lab: Lab;
let server: Service;
let client: Host;
beforeAll(async () => {
  lab = await Lab.start();
  [server, client] = await Promise.all([
    startPython(lab, 'tcp_server.py'),
    startOnDemandClient(lab, 'tcp-client', 'tcp-client'),
  ]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const GREETING = 'Hello, client! Connection established.';

test('the pause, end and restart of a host are reported, and it is watched again', async () => {
  await using watch = await lab.watch();
  const watched = new Watched(watch);
  const states = () =>
    watched
      .of('host')
      .filter(isAt(server.name))
      .map(({ state }) => state);
  const told = ['running'];
  for (const [action, state] of [
    ['pause', 'paused'],
    ['unpause', 'running'],
    ['stop', 'exited'],
  ] as const) {
    await server.host[action]();
    told.push(state);
    await expect.poll(states).toEqual(told);
  }
  const until = watched.events.length;
  await server.host.start();
  const since = () => watched.events.slice(until).filter(isAt(server.name));
  // Until all instruments are at it again, conversations are seen in part.
  const seen = async () => {
    await startConversation(client, server.name);
    return new Set(since().map(inShort));
  };
  const all = [
    'host running',
    'log accepted',
    'call accept',
    'call sendto',
    'packet out',
    'packet in',
  ];
  await expect
    .poll(async () => {
      const events = await seen();
      return all.filter((one) => events.has(one));
    })
    .toEqual(all);
  const looks = watched.of('capture').filter(isAt(server.name));
  expect(looks.map(({ change }) => change)).toEqual(['began', 'ended', 'began']);
});

test('a host that restarts at once is reported as ended, then as running', async () => {
  await using watch = await lab.watch({ hosts: [server.name], calls: false });
  const watched = new Watched(watch);
  const states = () => watched.of('host').map(({ state }) => state);
  await server.host.restart();
  await expect.poll(states).toEqual(['running', 'exited', 'running']);
  const [, exited, running] = watched.of('host').map(({ atNs }) => BigInt(atNs));
  expect(exited).toBeLessThanOrEqual(running ?? 0n);
});

test('a host that is started later is watched from its first call on', async () => {
  const troubles: LabError[] = [];
  await using watch = await lab.watch({ onTrouble: (error) => troubles.push(error) });
  const watched = new Watched(watch);
  await lab.startHost('later', {
    ...python('tcp_client.py'),
    env: { SERVER_HOST: server.host.ipv4 ?? '' },
    traced: true,
  });
  const states = () =>
    watched
      .of('host')
      .filter(isAt('later'))
      .map(({ state }) => state);
  await expect.poll(states).toEqual(['running', 'exited']);
  expect(troubles).toEqual([]);
  const calls = () => watched.of('call').filter(isAt('later'));
  const names = () => calls().flatMap(({ stage, call }) => (stage === 'returned' ? [call] : []));
  // What it did may be reported after its end.
  await expect
    .poll(names)
    .toEqual(['socket', 'connect', 'getsockopt', 'recvfrom', 'recvfrom', 'close']);
  const lines = () =>
    watched
      .of('log')
      .filter(isAt('later'))
      .map(({ line }) => line);
  await expect
    .poll(lines)
    .toEqual([expect.stringMatching(/^connected to /), `received 38 bytes: '${GREETING}'`]);
});

test('the second of two watches by strace has no calls, and says so', async () => {
  const usual = chosenTracer();
  chooseTracer('strace');
  onTestFinished(() => chooseTracer(usual));
  const troubles: LabError[] = [];
  const hosts = [server.name];
  await using first = await lab.watch({ hosts });
  await using second = await lab.watch({ hosts, onTrouble: (error) => troubles.push(error) });
  const [one, other] = [new Watched(first), new Watched(second)];
  expect(troubles.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Cannot trace host ".*": its process \d+ is being traced already$/),
  ]);
  await startConversation(client, server.name);
  const closes = () => one.of('call').filter(({ call }) => call === 'close').length;
  // That of the conversation before may come into it.
  await expect.poll(closes).toBeGreaterThan(0);
  await expect.poll(() => other.of('packet').length).toBeGreaterThan(5);
  expect(other.of('call')).toEqual([]);

  await second.stop();
  await other.ended;
  const before = closes();
  await startConversation(client, server.name);
  await expect.poll(closes).toBeGreaterThan(before);
});

test('two watches at once have the same calls', async ({ skip }) => {
  skip(!tracers.includes('bpf'), WITHOUT_BPF);
  const hosts = [server.name];
  await using first = await lab.watch({ hosts });
  await using second = await lab.watch({ hosts });
  const watched = [new Watched(first), new Watched(second)];
  await startConversation(client, server.name);
  const closes = () =>
    watched.map((one) => one.of('call').filter(({ call }) => call === 'close').length);
  await expect.poll(() => Math.min(...closes())).toBeGreaterThan(0);
});

test('a watch that is stopped can be read to its end, and leaves no probe', async () => {
  const watch = await lab.watch();
  const watched = new Watched(watch);
  expect((await probesOf(server.host)).sort()).toEqual(['capture', 'trace']);
  await startConversation(client, server.name);
  const lines = () => watched.of('log').map(({ line }) => line.split(' ')[0]);
  await expect.poll(lines).toContain('closed');
  await watch.stop();
  for (const host of [server.host, client]) expect(await probesOf(host)).toEqual([]);
  await watched.ended;
  expect(watched.of('call').map(({ call }) => call)).toContain('close');
});

test('a watch that begins reports the faults that are there', async () => {
  const path = { from: client.name, to: server.name };
  await using delay = await lab.impair({ kind: 'delay', ...path, delayMs: 1 });
  await using watch = await lab.watch({ calls: false, hosts: [server.name] });
  const watched = new Watched(watch);
  const faults = () => watched.of('fault').map(({ change, fault }) => `${change} ${fault}`);
  const id = delay.directions[0]?.id;
  await expect.poll(faults).toEqual([`applied ${id}`]);
  await delay.heal();
  await expect.poll(faults).toEqual([`applied ${id}`, `healed ${id}`]);
});

test('an unknown host cannot be watched', async () => {
  const watching = lab.watch({ hosts: ['nobody'] });
  await expect(watching).rejects.toMatchObject({ code: 'NO_HOST' });
});

const isAt = (name: string) => (event: LabEvent) => event.host === name;

function inShort(event: LabEvent): string {
  switch (event.kind) {
    case 'host':
      return `host ${event.state}`;
    case 'log':
      return `log ${event.line.split(' ')[0]}`;
    case 'call':
      return `call ${event.call}`;
    case 'packet':
      return `packet ${event.direction}`;
    default:
      return event.kind;
  }
}
