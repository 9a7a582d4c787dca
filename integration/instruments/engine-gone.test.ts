/** The engine goes away in the middle: what its clients learn, and what is left. */
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandLine, commandLine } from '../support/command-line.ts';
import { Detour } from '../support/detour.ts';
import { probesOf } from '../support/remains.ts';
import { startUdpPair, type UdpPair } from '../support/services.ts';

const verbs = [
  { args: ['capture', 'udp-echo-server'], probes: ['capture'] },
  { args: ['step', 'udp-client', 'udp-echo-server', '--script', 'drop'], probes: ['wire'] },
] as const;

let pair: UdpPair & AsyncDisposable;
beforeAll(async () => {
  pair = await startUdpPair();
});
afterAll(() => pair?.[Symbol.asyncDispose]());

test.for(verbs)(
  '$args.0 ends with one clear line when the engine goes away',
  async ({ args, probes }) => {
    await using folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
    const path = `${folder.path}/engine.sock`;
    using detour = new Detour(path);
    const command = new CommandLine(pair.lab.name, args, { DOCKER_HOST: `unix://${path}` });
    await expect.poll(() => probesOf(pair.server.host)).toEqual(probes);
    detour[Symbol.dispose]();
    const { exitCode, stderr } = await command.ended;
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toMatch(
      /^socketlab: Cannot .*the Docker engine does not answer/,
    );
    expect(stderr).not.toMatch(/^ +at /m);

    expect((await commandLine(pair.lab.name, 'heal')).exitCode).toBe(0);
    expect((await commandLine(pair.lab.name, 'sweep')).exitCode).toBe(0);
    await expect.poll(() => probesOf(pair.server.host)).toEqual([]);
  },
);
