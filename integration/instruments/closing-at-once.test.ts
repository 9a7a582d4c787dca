/** A server in JavaScript, which asks for no peer, and has closed each connection before anybody can look it up. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { titleOf } from '../../lab/explain/testing/words-of.ts';
import { type Host, Lab } from '../../lab/index.ts';
import {
  callsOf,
  linkedSteps,
  packetsOf,
  timelineOf,
} from '../../lab/timeline/testing/recorded.ts';
import { ours, python } from '../support/programs.ts';
import { Watched } from '../support/watched.ts';

const CLIENTS = 8;

const SERVER = `
let number = 0;
const server = require('node:net').createServer((socket) => {
  number += 1;
  socket.on('error', () => {});
  socket.write('visitor ' + number);
  socket.destroy();
});
server.listen(50000, () => console.log('ready'));
`;

const VISIT = `
import sys
from socket import *
visits = [create_connection((sys.argv[1], 50000), timeout=60) for _ in range(${CLIENTS})]
for visit in visits:
    while visit.recv(100): pass
`;

let lab: Lab;
let server: Host;
let client: Host;
beforeAll(async () => {
  lab = await Lab.start();
  const idle = "import signal; print('ready', flush=True); signal.pause()";
  [server, client] = await Promise.all([
    lab.startHost('server', {
      ...ours('tcp-server'),
      entrypoint: ['node', '-e', SERVER],
      ready: /ready/,
    }),
    lab.startHost('client', {
      ...python(''),
      entrypoint: ['python3', '-c', idle],
      command: [],
      ready: /ready/,
    }),
  ]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test('what it writes is explained by its calls, each in the connection that it was made on', async () => {
  await using watch = await lab.watch();
  const watched = new Watched(watch);
  expect((await client.exec(['python3', '-c', VISIT, server.ipv4 ?? ''])).exitCode).toBe(0);
  // However late a busy machine reports something: its meaning is decided once everything has arrived.
  const steps = () => timelineOf(watched.events, { latenessMs: 60_000 }).steps;
  const writes = () => callsOf(steps(), 'write').filter(({ host }) => host === 'server');
  await expect.poll(() => writes().filter(({ links }) => links.length > 0)).toHaveLength(CLIENTS);
  expect(packetsOf(steps()).filter(({ isUnexplained }) => isUnexplained)).toEqual([]);
  for (const write of writes()) {
    const [packet, ...more] = linkedSteps(steps(), write, 'caused');
    expect(more).toEqual([]);
    expect(packet?.conversation).toBe(write.conversation);
    expect(titleOf(packet)).toContain(write.call.data?.preview);
  }
});
