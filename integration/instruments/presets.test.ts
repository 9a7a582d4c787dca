/** A preset: several faults that begin and end as one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { containersWith, isProbe } from '../../lab/engine/containers.ts';
import { LAB } from '../../lab/engine/labels.ts';
import { commandLine } from '../support/command-line.ts';
import { docker } from '../support/docker.ts';
import { expectNothingLeft } from '../support/remains.ts';
import { startUdpPair, type UdpPair } from '../support/services.ts';

let pair: UdpPair & AsyncDisposable;
beforeAll(async () => {
  pair = await startUdpPair();
});
afterAll(() => pair?.[Symbol.asyncDispose]());

const ends = { from: 'udp-client', to: 'udp-echo-server' } as const;

/** When the last wire of a lab was started, in nanoseconds since the epoch. */
async function lastWireNs(lab: string): Promise<bigint> {
  const wires = (await containersWith(`${LAB}=${lab}`)).filter(isProbe);
  const looks = await Promise.all(wires.map(({ Id }) => docker.getContainer(Id).inspect()));
  const [last = ''] = looks
    .map(({ State }) => State.StartedAt)
    .toSorted()
    .reverse();
  return BigInt(Date.parse(last)) * 1_000_000n;
}

test('a preset begins its faults in both directions, at the same time, and one call heals them', async () => {
  const { lab, server, client } = pair;
  const line = await lab.impair({ ...ends, preset: 'dsl' });
  const reports = await line.report();
  const begins = reports.map(({ status }) => BigInt(status.startedAtNs));
  const wireNs = await lastWireNs(lab.name);
  expect(begins.filter((atNs) => atNs < wireNs)).toEqual([]);
  expect(reports.map(({ from, status }) => [from, status.settings.kind])).toEqual([
    ['udp-client', 'rate'],
    ['udp-echo-server', 'rate'],
    ['udp-client', 'delay'],
    ['udp-echo-server', 'delay'],
  ]);
  await line.heal();
  expect((await lab.faults()).paths).toEqual([]);
  await expectNothingLeft(lab, [server.host, client]);
});

test('of several impairments all begin or none', async () => {
  const { lab, server, client } = pair;
  const impairments = [
    { kind: 'delay', delayMs: 5 },
    { kind: 'loss', percent: 101 },
  ] as const;
  await expect(lab.impair({ ...ends, impairments })).rejects.toThrow('percent must be 100 or less');
  expect((await lab.faults()).paths).toEqual([]);
  await expectNothingLeft(lab, [server.host, client]);
});

test('"break link" says what has begun, and "heal" with these ids ends it', async () => {
  const { lab, server, client } = pair;
  const args = ['break', 'link', ends.from, ends.to, '--preset', 'satellite'];
  const begun = await commandLine(lab.name, ...args);
  expect(begun).toMatchObject({ exitCode: 0, stderr: '' });
  expect(begun.stdout).toMatch(/delay 279 ms.*\n.*heal with: .*heal delay-[\da-f]{4}\n$/s);
  const [, id = ''] = /heal (delay-[\da-f]{4})\n$/.exec(begun.stdout) ?? [];
  expect(await commandLine(lab.name, 'heal', id)).toMatchObject({ exitCode: 0 });
  await expectNothingLeft(lab, [server.host, client]);
});
