import { expect, test } from 'vitest';
import type { Host } from '../hosts/host.ts';
import { hostOf } from './wire-probe.ts';

const host = (id: string, name: string) => ({ id, name, lab: 'x' }) as Host;
const wireAt = (id: string, name: string, lab = 'x') => ({
  Labels: { 'socketlab.lab': lab, 'socketlab.host': name },
  HostConfig: { NetworkMode: `container:${id}` },
});

test('a wire belongs to the host whose network it has joined, even if another host has its name by now', () => {
  const [renamed, namesake] = [host('1', 'web-1'), host('2', 'web')];
  expect(hostOf(wireAt('1', 'web'), [namesake, renamed])).toBe(renamed);
});

test('a wire whose host is gone belongs to the host with its name, in the same lab', () => {
  const anew = host('2', 'web');
  expect(hostOf(wireAt('1', 'web'), [host('3', 'other'), anew])).toBe(anew);
  expect(hostOf(wireAt('1', 'web', 'y'), [anew])).toBeUndefined();
});
