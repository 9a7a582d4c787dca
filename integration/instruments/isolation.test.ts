/** A host of an internal network still reaches this machine itself, at many addresses; an isolated one does not. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { expect, inject, test } from 'vitest';
import { type Host, Lab } from '../../lab/index.ts';
import { docker } from '../support/docker.ts';
import { imageOf } from '../support/images.ts';

test('an isolated host reaches the other hosts of its lab, and this machine at none of its addresses', async () => {
  await using lab = await Lab.start();
  await using socket = createSocket({ type: inject('lacksIpv6') === '' ? 'udp6' : 'udp4' });
  await once(socket.bind(0), 'listening');
  const { port } = socket.address();
  const received = new Set<string>();
  socket.on('message', (text) => received.add(text.toString()));
  const start = (name: string, options = {}) =>
    lab.startHost(name, {
      image: imageOf(inject('runId'), 'python'),
      entrypoint: ['sleep', 'infinity'],
      ...options,
    });
  const [other, isolated] = await Promise.all([
    start('other'),
    start('isolated', { traced: true, isIsolated: true }),
  ]);
  const here = (await addressesOfThisMachine(lab.name)).map((address) => `${address}:${port}`);
  const said = (text: string) => here.map((address) => `${text} ${address}`);

  await reachOut(other, 'before', here);
  await expect.poll(() => [...received].sort()).toEqual(said('before').sort());

  expect(await reachOut(isolated, 'isolated', here)).toHaveLength(here.length);
  await reachOut(other, 'after', here);
  await expect.poll(() => [...received]).toEqual(expect.arrayContaining(said('after')));
  expect([...received].filter((text) => text.startsWith('isolated'))).toEqual([]);

  const there = other.addresses.map((one) => `${one.includes(':') ? `[${one}]` : one}:9`);
  expect(await reachOut(isolated, 'hello', there)).toEqual([]);
});

/** @returns a line for each destination to which it could not send */
async function reachOut(host: Host, text: string, destinations: string[]): Promise<string[]> {
  const { stdout } = await host.exec(['python3', '/python/reach_out.py', text, ...destinations]);
  return stdout.toString().split('\n').filter(Boolean);
}

/** Those that it has on the network: as its gateway, link-local, and one that every host of the network has. */
async function addressesOfThisMachine(network: string): Promise<string[]> {
  const { Id, IPAM } = await docker.getNetwork(network).inspect();
  const gateways = (IPAM?.Config ?? []).map(({ Gateway = '' }) => Gateway);
  const bridge = networkInterfaces()[`br-${Id.slice(0, 12)}`] ?? [];
  const all = new Set([...gateways, ...bridge.map(({ address }) => address)]);
  const multicast = [...all].some((address) => address.includes(':')) ? ['ff02::1'] : [];
  return [...all, ...multicast].map((one) => (one.includes(':') ? `[${one}]` : one));
}
