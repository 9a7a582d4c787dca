/** `break reset`: open connections are cut off, and new ones are as good as ever. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { commandLine } from '../support/command-line.ts';
import { families } from '../support/families.ts';
import { expectNothingLeft } from '../support/remains.ts';
import type { Service } from '../support/services.ts';
import { answersMore, startTalk } from '../support/talk.ts';

let lab: Lab;
let server: Service;
/** One over IPv4, one over IPv6. */
let clients: Service[];
beforeAll(async () => {
  lab = await Lab.start();
  server = await startTalk(lab, 'server');
  clients = await Promise.all(
    families.map(([name, , address]) => startTalk(lab, name, server.host[address] ?? server.ipv4)),
  );
});
afterAll(() => lab[Symbol.asyncDispose]());

const ends = ({ log }: Service) => log.events('ended').map(({ text }) => text);

test('a reset ends the connections of a host over both families with RST, and clients begin anew', async () => {
  await Promise.all(clients.map((client) => answersMore(client, 3)));
  expect([server, ...clients].flatMap(ends)).toEqual([]);
  await using capture = await lab.capture();
  const events = Array.fromAsync(capture);

  const reset = await commandLine(lab.name, 'break', 'reset', 'server');
  expect(reset).toEqual({
    exitCode: 0,
    stdout: '2 connections of server were reset\n',
    stderr: '',
  });
  await Promise.all([...clients, server].map(({ log }) => log.event('ended')));
  expect(clients.map(ends)).toEqual([['ECONNRESET'], ['ECONNRESET']]);
  expect((await server.log.event('ended', 2)).text).toBe('ECONNABORTED');
  await Promise.all(clients.map((client) => answersMore(client, 3)));
  expect(clients.map(({ log }) => log.events('connected').length)).toEqual([2, 2]);

  await capture.stop();
  const resets = (await events).filter(({ packet }) => packet.tcp?.flags.rst);
  const seen = resets.map(({ host, direction, packet: { ipv4, ipv6 } }) => {
    return `${host} ${direction} ${ipv4?.source ?? ipv6?.source}`;
  });
  const { ipv4, ipv6, name } = server.host;
  const sent = [`${name} out ${ipv4}`, `${name} out ${ipv6}`];
  // A question that was on its way is answered with one more.
  expect(new Set(seen)).toEqual(new Set([`IPv4 in ${ipv4}`, `IPv6 in ${ipv6}`, ...sent]));
});

test('a reset of a client leaves the connections of the others alone, and nothing behind', async () => {
  const [four, six] = clients as [Service, Service];
  const already = [four, six].map((client) => ends(client).length) as [number, number];
  expect(await lab.resetConnections('IPv4')).toBe(1);
  expect((await four.log.event('ended', already[0] + 1)).text).toBe('ECONNABORTED');
  await Promise.all(clients.map((client) => answersMore(client, 3)));
  expect(ends(six)).toHaveLength(already[1]);
  await expect.poll(() => ends(server).at(-1)).toBe('ECONNRESET');
  await expectNothingLeft(lab, [server.host, four.host]);
});

test('a reset of a host that has no connection leaves its listener', async () => {
  const idle = await startTalk(lab, 'idle');
  const { stdout } = await commandLine(lab.name, 'break', 'reset', 'idle');
  expect(stdout).toBe('0 connections of idle were reset\n');
  await startTalk(lab, 'late', 'idle');
  expect((await commandLine(lab.name, 'break', 'reset', 'idle')).stdout).toBe(
    '1 connection of idle was reset\n',
  );
  expect((await idle.log.event('ended')).text).toBe('ECONNABORTED');
});
