/** Bytes that move by calls that name no bytes, as `splice`, or by none, as with io_uring. */

import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { HOST, LAB, OWNER } from '../../lab/engine/labels.ts';
import { thisProcess } from '../../lab/engine/owner.ts';
import { sentenceOf, titleOf } from '../../lab/explain/testing/words-of.ts';
import { type Host, Lab } from '../../lab/index.ts';
import { callsOf, linkedSteps, packetsOf } from '../../lab/timeline/testing/recorded.ts';
import { docker } from '../support/docker.ts';
import { imageOf } from '../support/images.ts';
import { python } from '../support/programs.ts';
import { Service } from '../support/service.ts';
import { Watched } from '../support/watched.ts';

const PROGRAM = `${import.meta.dirname}/../peers/io-uring.ts`;

let lab: Lab;
let server: Service;
beforeAll(async () => {
  lab = await Lab.start();
  server = await startSplicing('server', 'server');
});
afterAll(() => lab[Symbol.asyncDispose]());

function startSplicing(name: string, ...args: string[]): Promise<Service> {
  const command = ['splice_talk.py', ...args];
  return Service.start(lab, name, {
    ...python('splice_talk.py'),
    command,
    ready: /listening|ready/,
  });
}

test('splice and sendfile are linked with what they send, and splice with what it receives', async () => {
  const client = await startSplicing('client', 'client', 'server');
  await using watch = await lab.watch();
  const watched = new Watched(watch);
  await client.host.exec(['touch', '/tmp/go']);
  await client.log.line(/done/);
  // Those of the sockets that looked a name up have no conversation.
  const closes = () =>
    callsOf(watched.steps, 'close').filter(({ conversation }) => conversation !== undefined);
  await expect.poll(() => closes().length).toBe(2);
  // Packets may be reported after the calls.
  await watch.stop();
  await watched.ended;
  const { steps } = watched;
  const told = callsOf(steps, 'splice').map((step) => {
    const { direction, result, socket } = step.call;
    expect(socket?.remote, titleOf(step)).toBeDefined();
    const [packet] = linkedSteps(steps, step, direction === 'in' ? 'completed-by' : 'caused');
    return [step.host, direction, result, titleOf(packet)?.match(/\d+ bytes/)?.[0]];
  });
  expect(told.toSorted()).toEqual([
    ['client', 'in', 7, '7 bytes'],
    ['client', 'out', 7, '7 bytes'],
    ['server', 'in', 0, undefined],
    ['server', 'in', 20, '20 bytes'],
    ['server', 'in', 7, '7 bytes'],
    ['server', 'out', 20, '20 bytes'],
    ['server', 'out', 7, '7 bytes'],
  ]);
  const [sendfile] = callsOf(steps, 'sendfile');
  expect(titleOf(linkedSteps(steps, sendfile, 'caused')[0])).toContain('20 bytes');
  expect(packetsOf(steps).filter(({ isUnexplained }) => isUnexplained)).toEqual([]);
});

test('io_uring is reported once, and what it sends has no call that explains it', async () => {
  const ring = await startWithRings('ring');
  await using watch = await lab.watch({ hosts: ['ring', 'server'] });
  const watched = new Watched(watch);
  await ring.exec(['touch', '/tmp/go']);
  const got = () =>
    callsOf(watched.steps, 'splice').some(({ call }) => call.direction === 'in' && call.result);
  await expect.poll(got).toBe(true);
  const connects = () => callsOf(watched.steps, 'connect').length;
  await expect.poll(connects).toBe(1);
  await watch.stop();
  await watched.ended;
  const { steps } = watched;
  const named = callsOf(steps, 'io_uring');
  expect(named.map(({ host, call }) => [host, call.stage])).toEqual([['ring', 'present']]);
  expect(sentenceOf(named[0])).toMatch(
    /^node at ring uses io_uring since before the trace began: /,
  );
  const unexplained = packetsOf(steps).filter(({ isUnexplained }) => isUnexplained);
  expect(unexplained.map((step) => [step.from, titleOf(step)])).toEqual([
    ['ring', 'PSH-ACK 11 bytes "by io_uring"'],
  ]);
  expect(sentenceOf(unexplained[0])).toContain('No traced call explains it');
  const [syn] = packetsOf(steps);
  expect(titleOf(linkedSteps(steps, syn, 'caused-by')[0])).toContain('connect');
});

/** With the engine's own seccomp profile no container may use io_uring. */
async function startWithRings(name: string): Promise<Host> {
  const container = await docker.createContainer({
    Image: imageOf(inject('runId'), 'tcp-server'),
    name: `${lab.name}-${name}`,
    Entrypoint: ['node', '--experimental-ffi', '/io-uring.ts'],
    Env: [`SERVER_HOST=${server.ipv4}`],
    Labels: { [LAB]: lab.name, [HOST]: name, [OWNER]: thisProcess },
    HostConfig: {
      Binds: [`${PROGRAM}:/io-uring.ts:ro`],
      Init: true,
      NetworkMode: lab.name,
      SecurityOpt: ['seccomp=unconfined'],
    },
  });
  await container.start();
  const host = await lab.find(name);
  for await (const { line } of host.logs({ follow: true })) if (line === 'ready') return host;
  throw new Error(`Host "${name}" has ended: ${host.exitCode}`);
}
