/** Containers that share a network: one network host with several programs. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { directionText } from '../../lab/explain/faults/report-text.ts';
import type { Host, Lab, Step, Watch } from '../../lab/index.ts';
import {
  callsOf,
  linkedSteps,
  packetsOf,
  timelineOf,
} from '../../lab/timeline/testing/recorded.ts';
import { commandLine } from '../support/command-line.ts';
import { type ComposeLab, startComposeLab } from '../support/compose-lab.ts';
import { docker } from '../support/docker.ts';
import { startConversation } from '../support/on-demand-client.ts';
import { Watched } from '../support/watched.ts';

let started: ComposeLab;
let lab: Lab;
beforeAll(async () => {
  started = await startComposeLab('networks.yaml');
  lab = started.lab;
});
afterAll(() => started?.[Symbol.asyncDispose]());

/** The address that a host has where the two that share a network are. */
const onZz = ({ interfaces }: Host) =>
  interfaces.find(({ network }) => network.endsWith('_zz'))?.ipv4 ?? '';

/** The steps of the latest conversation of which all four calls and both datagrams are known; none until there is one. */
function lastExchange(watched: Watched): readonly Step[] {
  const { steps, conversations } = timelineOf(watched.events);
  const all = conversations.map(({ id }) =>
    steps.filter(({ conversation }) => conversation === id),
  );
  // Each host's calls are read apart: a datagram may be reported as received before it is reported as sent.
  const isWhole = (own: readonly Step[]) =>
    ['sendto', 'recvfrom'].every((call) => callsOf(own, call).length === 2) &&
    packetsOf(own).filter(({ endNs }) => endNs !== undefined).length === 2;
  return all.findLast(isWhole) ?? [];
}

/** Has a host talk, and waits for all steps of that conversation. */
async function exchange(watched: Watched, from: Host, to: string): Promise<readonly Step[]> {
  const last = () => lastExchange(watched)[0]?.conversation;
  const before = last();
  await startConversation(from, to);
  await expect.poll(last).not.toBe(before);
  return lastExchange(watched);
}

const SAID = 'b and side share one network: the fault is for both';

test('a fault on a shared network is one on both hosts, and is healed by either name', async () => {
  const begun = await commandLine(started.project, 'break', 'partition', 'a', 'side');
  expect(begun.stderr).toBe('');
  expect(begun.stdout).toMatch(/^partition-\w{4}: a <-> b, partition$/m);
  expect(begun.stdout).toContain(SAID);
  const { paths } = await lab.faults();
  expect(paths.map(({ directions }) => directions.map(directionText))).toEqual([
    ['b -> a', 'a -> b'],
  ]);
  const healed = await commandLine(started.project, 'heal', 'side');
  expect(healed.stdout.match(/[ab] -> [ab]/g)).toEqual(['b -> a', 'a -> b']);
  const fromOwner = await commandLine(started.project, 'break', 'loss', 'b', 'a', '--percent', '1');
  expect(fromOwner.stdout).toContain(SAID);
  await lab.heal();
});

test('between hosts that share a network there is no path to break', async () => {
  const args = ['break', 'loss', 'side', 'b', '--percent', '30'];
  const { exitCode, stderr } = await commandLine(started.project, ...args);
  expect(exitCode).toBe(2);
  const cannot = 'socketlab: Cannot impair the path from host "side" to host "b"';
  const why = 'they share one network, so that what they send each other crosses no wire';
  expect(stderr).toBe(`${cannot}: ${why}\n`);
});

const PLACES = 'has each packet once, and each call where it was made';

/** Has `side` talk with `d`: it sends through the network of `b`. */
async function expectPlaces(watched: Watched): Promise<void> {
  const [d, side] = await Promise.all([lab.find('d'), lab.find('side')]);
  const steps = await exchange(watched, side, onZz(d));
  const packets = packetsOf(steps);
  expect(packets.map(({ from, to }) => `${from} ${to}`)).toEqual(['b d', 'd b']);
  const senders = packets.map((packet) => linkedSteps(steps, packet, 'caused-by'));
  expect(senders.map(([call]) => call?.host)).toEqual(['side', 'd']);
  expect(
    callsOf(steps, 'recvfrom')
      .map(({ host }) => host)
      .sort(),
  ).toEqual(['d', 'side']);
  expect(watched.of('packet').filter(({ host }) => host === 'side')).toEqual([]);
  expect(watched.of('host').filter(({ host }) => host === 'side')).toMatchObject([
    { state: 'running', sharesNetworkOf: 'b' },
  ]);
}

test(`a watch of the one without a network of its own ${PLACES}`, async () => {
  await using watch = await lab.watch({ hosts: ['side', 'd'] });
  await expectPlaces(new Watched(watch));
});

describe('while all hosts are watched', () => {
  let watch: Watch;
  let watched: Watched;
  const troubles: string[] = [];
  const leftOut: string[] = [];
  beforeAll(async () => {
    watch = await lab.watch({
      onTrouble: ({ message }) => troubles.push(message),
      onLeftOut: ({ message }) => leftOut.push(message),
    });
    watched = new Watched(watch);
  });
  afterAll(() => watch?.[Symbol.asyncDispose]());

  test(`a watch of all hosts ${PLACES}`, () => expectPlaces(watched));

  test('where containers share their processes, each call is reported at the one that made it', async () => {
    const [b, mate] = await Promise.all([lab.find('b'), lab.find('mate')]);
    const before = watched.of('call').length;
    await exchange(watched, mate, onZz(b));
    const since = watched.of('call').slice(before);
    const calls = since.filter(({ stage }) => stage === 'returned');
    const made = calls.map(({ host, call }) => `${host} ${call}`);
    expect(made.filter((words) => /(sendto|recvfrom)$/.test(words)).sort()).toEqual([
      'b recvfrom',
      'b sendto',
      'mate recvfrom',
      'mate sendto',
    ]);
    expect(troubles).toEqual([]);
  });

  test('each host has a name in a diagram, whichever of its addresses it talks from', async () => {
    const [a, b, d] = await Promise.all(['a', 'b', 'd'].map((name) => lab.find(name)));
    const before = packetsOf(watched.steps).length;
    for (const address of [...(d?.addresses ?? []), ...(b?.addresses ?? [])]) {
      if (a) await startConversation(a, address);
    }
    const since = () => packetsOf(watched.steps).slice(before);
    const ways = () => since().map(({ from, to }) => `${from} ${to}`);
    await expect.poll(() => ways().length).toBe(12);
    expect(new Set(ways())).toEqual(new Set(['a d', 'd a', 'a b', 'b a']));
  });

  test('a host that joins another network while it is watched is known by its address there', async () => {
    const [b, c] = await Promise.all([lab.find('b'), lab.find('c')]);
    const zz = docker.getNetwork(`${started.project}_zz`);
    await zz.connect({ Container: c.id });
    onTestFinished(() => zz.disconnect({ Container: c.id }));
    const told = () => watched.of('host').findLast(({ host }) => host === 'c')?.addresses;
    await expect.poll(told).toHaveLength(4);
    expect(told()).toEqual((await c.refresh()).addresses);
    const send = `import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'hi', ('${onZz(b)}', 50000))`;
    expect((await c.exec(['python3', '-c', send])).exitCode).toBe(0);
    const ways = () => packetsOf(watched.steps).map(({ from, to }) => `${from} ${to}`);
    await expect.poll(ways).toContain('c b');
  });

  test('when the owner of a shared network restarts, the other host has none until it restarts, too', async () => {
    const [b, d, side] = await Promise.all([lab.find('b'), lab.find('d'), lab.find('side')]);
    const before = lastExchange(watched)[0]?.conversation;
    await b.restart({ timeoutMs: 0 });
    await expect(lab.capture(['side'])).rejects.toMatchObject({ code: 'NO_NETWORK' });
    await expect
      .poll(() => leftOut.at(-1))
      .toMatch(/^Left out: host "side", which shared the network of "b", /);
    const hosts = await commandLine(started.project, 'hosts');
    expect(hosts.stdout).toMatch(/^side +- +running +none +- +-$/m);
    await side.restart({ timeoutMs: 0 });
    const states = () => watched.of('host').filter(({ host }) => host === 'side');
    await expect.poll(() => states().at(-1)).toMatchObject({ sharesNetworkOf: 'b' });
    // Its program runs before it is traced: what it does until then has no calls.
    const ways = async () => {
      await startConversation(side, onZz(d));
      const steps = lastExchange(watched);
      const isNew = steps[0]?.conversation !== before;
      return isNew ? packetsOf(steps).map(({ from, to }) => `${from} ${to}`) : [];
    };
    await expect.poll(ways).toEqual(['b d', 'd b']);
  });
});
