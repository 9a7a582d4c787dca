import { expect, test } from 'vitest';
import type { ContainerInspectInfo } from '../engine/docker.ts';
import { networkOf } from './host-network.ts';

interface Container {
  readonly mode: string;
  readonly pid?: string;
  readonly networks?: readonly string[];
  readonly namespace?: string;
  readonly startedAt?: number;
  readonly isUp?: boolean;
}

const infoOf = (id: string, container: Container): ContainerInspectInfo => {
  const { mode, pid = '', networks = [], namespace = '', startedAt = 0, isUp = true } = container;
  const Networks = Object.fromEntries(networks.map((name) => [name, {}]));
  const StartedAt = new Date(startedAt).toISOString();
  return {
    Id: id,
    Name: `/x-${id}`,
    State: { Running: isUp, StartedAt },
    HostConfig: { NetworkMode: mode, PidMode: pid },
    NetworkSettings: { Networks, SandboxKey: namespace },
  } as unknown as ContainerInspectInfo;
};

/** Of the first of some containers. */
function found(containers: Readonly<Record<string, Container>>) {
  const infos = Object.entries(containers).map(([id, container]) => infoOf(id, container));
  const lookUp = async (id: string) => infos.find(({ Id }) => Id === id);
  return networkOf(infos[0] as ContainerInspectInfo, lookUp, (id) =>
    id === 'stranger' ? undefined : id,
  );
}

const networkIn = async (containers: Readonly<Record<string, Container>>) =>
  (await found(containers)).network;
const b: Container = { mode: 'lab_zz', networks: ['lab_zz'], namespace: '/run/netns/1f' };

test("a host's network is its own if the container has networks, or has just left them", async () => {
  expect(await networkIn({ b })).toEqual({ kind: 'own' });
  expect(await networkIn({ b: { ...b, networks: [] } })).toEqual({ kind: 'own' });
});

test.each([
  { what: 'its mode', web: { mode: 'host' } },
  { what: 'its networks', web: { mode: '0bfb73db969b', networks: ['host'] } },
  { what: 'its namespace', web: { mode: 'default', namespace: '/run/docker/netns/default' } },
])("is the machine's by $what, also through others", async ({ web }) => {
  expect(await networkIn({ web })).toMatchObject({ kind: 'machine' });
  const spies = { spy2: { mode: 'container:spy' }, spy: { mode: 'container:web' }, web };
  expect(await networkIn(spies)).toEqual({
    kind: 'machine',
    why: 'shares the network of "web", which is this machine\'s own network',
  });
});

test('a host has no network if its container, or the one whose network it shares, was started without one', async () => {
  const mute = { mode: 'none', networks: ['none'] };
  expect(await networkIn({ mute })).toMatchObject({ kind: 'none' });
  expect(await networkIn({ side: { mode: 'container:mute' }, mute })).toMatchObject({
    kind: 'none',
  });
});

test('a host may share the network of another container through several others, in any lab', async () => {
  const side = { mode: 'container:b', startedAt: 1 };
  expect(await networkIn({ side, b })).toEqual({ kind: 'shared', id: 'b', owner: 'b' });
  const far = { mode: 'container:side', startedAt: 2 };
  expect(await networkIn({ far, side, b })).toMatchObject({ kind: 'shared', id: 'b' });
  const guest = { mode: 'container:stranger', startedAt: 1 };
  const shared = await networkIn({ guest, stranger: b });
  expect(shared).toEqual({ kind: 'shared', id: 'stranger', owner: 'x-stranger' });
});

test.each([
  { what: 'ended', owner: { isUp: false } },
  { what: 'was started again', owner: { startedAt: 2 } },
])('is lost when the one whose it was $what', async ({ owner }) => {
  const side = { mode: 'container:b', startedAt: 1 };
  expect(await networkIn({ side, b: { ...b, ...owner } })).toMatchObject({ kind: 'none' });
});

test('a shared network is unknown once its owner is gone, as it may have been that of the machine', async () => {
  const { kind, why } = (await networkIn({ side: { mode: 'container:gone' } })) as {
    why: string;
  } & { kind: string };
  expect(kind).toBe('none');
  expect(why).toContain('which no longer exists');
});

test('containers that share networks in a circle end the search', async () => {
  const circle = { one: { mode: 'container:other' }, other: { mode: 'container:one' } };
  expect(await networkIn(circle)).toMatchObject({ kind: 'none' });
});

test.each([
  { containers: { b: { ...b, pid: 'host' } }, seesMachine: true },
  {
    containers: { b: { ...b, pid: 'container:peer' }, peer: { ...b, pid: 'host' } },
    seesMachine: true,
  },
  { containers: { b: { ...b, pid: 'container:gone' } }, seesMachine: true },
  { containers: { b: { ...b, pid: 'container:peer' }, peer: b }, seesMachine: false },
  { containers: { b }, seesMachine: false },
])('$containers.b.pid as the process namespace: sees the machine, $seesMachine', async (given) => {
  const containers = given.containers as Readonly<Record<string, Container>>;
  expect((await found(containers)).seesMachine).toBe(given.seesMachine);
});
