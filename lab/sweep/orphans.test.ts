import { expect, test } from 'vitest';
import type { ContainerInfo } from '../engine/docker.ts';
import { thisProcess } from '../engine/owner.ts';
import { orphansAmong } from './orphans.ts';

/** No process had this id at this time. */
const ended = thisProcess.replace(/\d+:\d+$/, '1:0');
const elsewhere = ended.replace(/:\d+:/, ':4026530000:');

const network = (name: string, owner: string) => ({
  Name: name,
  Labels: { 'socketlab.lab': name, 'socketlab.owner': owner },
});

function container(
  name: string,
  network: string,
  labels: Readonly<Record<string, string>>,
  Image = 'service',
) {
  const Labels = Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [`socketlab.${key}`, value]),
  );
  const HostConfig = { NetworkMode: network };
  return { Id: name, Names: [`/${name}`], Image, Labels, HostConfig, State: 'running' };
}

/** The names of what a sweep would remove. */
function orphans(
  networks: readonly ReturnType<typeof network>[],
  containers: readonly ReturnType<typeof container>[],
) {
  const all = containers as unknown as readonly ContainerInfo[];
  const found = orphansAmong(networks, all, new Set(all.map(({ Id }) => Id)));
  return { ...found, containers: found.containers.map(({ container: { Id } }) => Id) };
}

test('a lab whose process has ended goes with its hosts, and one whose process runs stays', () => {
  const networks = [network('old', ended), network('new', thisProcess)];
  const hosts = [
    container('old-server', 'old', { lab: 'old', host: 'server', owner: ended }),
    container('new-server', 'new', { lab: 'new', host: 'server', owner: thisProcess }),
  ];
  expect(orphans(networks, hosts)).toEqual({
    networks: ['old'],
    containers: ['old-server'],
    unknown: [],
  });
});

test('a lab of another container on this engine stays, and is reported', () => {
  const hosts = [container('server', 'lab', { lab: 'lab', host: 'server', owner: elsewhere })];
  expect(orphans([network('lab', elsewhere)], hosts)).toEqual({
    networks: [],
    containers: [],
    unknown: ['lab'],
  });
});

test('a host that stayed when the network of its lab went is an orphan', () => {
  const host = container('server', 'gone', { lab: 'gone', host: 'server', owner: ended });
  expect(orphans([], [host]).containers).toEqual(['server']);
});

test.each([
  ['a lab', { lab: 'old', host: 'server', owner: ended }],
  ['a probe', { lab: 'old', purpose: 'capture', owner: ended, starter: ended }],
])('a container with the labels of %s from its image is nobody’s orphan', (_, labels) => {
  const networks = [network('old', ended), network('bridge', '')];
  expect(orphans(networks, [container('mine', 'bridge', labels)]).containers).toEqual([]);
  const sharing = container('mine', 'container:other', labels);
  expect(orphans([], [sharing]).containers).toEqual([]);
});

test('a probe is an orphan when its process has ended, or its host', () => {
  const image = 'socketlab/probe:1234';
  const labels = { lab: 'project', purpose: 'wire' };
  const probes = [
    container('host', 'project_lab', {}),
    container('working', 'container:host', labels, image),
    container('alone', 'container:gone', labels, image),
    container('left', 'container:host', { ...labels, owner: ended }, image),
  ];
  expect(orphans([], probes).containers).toEqual(['alone', 'left']);
});
