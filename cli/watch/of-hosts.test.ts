import { expect, test } from 'vitest';
import type { LabEvent } from '../../lab/index.ts';
import { ofHosts } from './of-hosts.ts';

function hostEvent(host: string, shared?: { sharesNetworkOf: string }): LabEvent {
  return { kind: 'host', host, atNs: '1', state: 'running', addresses: [], ...shared };
}

const log = (host: string): LabEvent => ({ kind: 'log', host, atNs: '2', line: '' });

async function* recorded(events: readonly LabEvent[]) {
  yield* events;
}

/** The kinds and hosts of the events that are left, in order. */
async function left(events: readonly LabEvent[], names: readonly string[]): Promise<string[]> {
  const all = await Array.fromAsync(ofHosts(recorded(events), names));
  return all.map(({ kind, host }) => `${kind} ${host}`);
}

test('a recording of some hosts leaves out the events of the others', async () => {
  const events = [hostEvent('a'), hostEvent('b'), log('b'), log('a')];
  expect(await left(events, ['a'])).toEqual(['host a', 'log a']);
});

test('a host brings along the one whose network it shares, with its last state', async () => {
  const side = hostEvent('side', { sharesNetworkOf: 'b' });
  const events = [hostEvent('b'), log('b'), hostEvent('c'), side, log('b'), log('c')];
  expect(await left(events, ['side'])).toEqual(['host b', 'host side', 'log b']);
  expect(await left(events, ['side', 'b'])).toEqual(['host b', 'log b', 'host side', 'log b']);
  const paused: LabEvent = { kind: 'host', host: 'b', atNs: '1', state: 'paused', addresses: [] };
  const [first] = await Array.fromAsync(
    ofHosts(recorded([hostEvent('b'), paused, side]), ['side']),
  );
  expect(first).toBe(paused);
});

test('no event is given before each of the hosts has been seen', async () => {
  const events = [hostEvent('a'), log('a')];
  await expect(ofHosts(recorded(events), ['a', 'b']).next()).rejects.toThrow(
    'Cannot find host "b" in the recording: the hosts are a',
  );
  await expect(left([], ['a'])).rejects.toThrow('it has no hosts');
});
