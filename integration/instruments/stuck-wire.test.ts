/** A wire whose program is stopped: packets into the host wait for it, and so would its clients. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute } from '../../lab/engine/execute.ts';
import { commandLine } from '../support/command-line.ts';
import { expectNothingLeft, killWires, wiresOf } from '../support/remains.ts';
import { arrivals, burst, sent, startUdpPair, type UdpPair } from '../support/services.ts';

let pair: UdpPair & AsyncDisposable;
beforeAll(async () => {
  pair = await startUdpPair();
});
afterAll(() => pair?.[Symbol.asyncDispose]());

const there = { from: 'udp-client', to: 'udp-echo-server' } as const;

test('a wire that is stuck is one clear line, not an endless wait; without it packets pass', async () => {
  const { lab, server, client } = pair;
  const fault = await lab.impair({ kind: 'loss', ...there, percent: 0 });
  const [wire = ''] = await wiresOf(server.host);
  // All of the probe but its init, which would not stop the program.
  await execute(wire, ['sh', '-c', 'kill -STOP -1'], 'stop the program of a wire');

  const stuck = { code: 'TIMED_OUT', message: expect.stringContaining(wire.slice(0, 12)) };
  const [faults, heal] = await Promise.all([
    commandLine(lab.name, 'faults'),
    commandLine(lab.name, 'heal'),
    expect(fault.report()).rejects.toMatchObject(stuck),
    expect(fault.heal()).rejects.toMatchObject(stuck),
    expect(lab.impair({ kind: 'loss', ...there, percent: 100 })).rejects.toMatchObject(stuck),
  ]);
  for (const { exitCode, stderr } of [faults, heal]) {
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^socketlab: Cannot reach the wire of host "udp-echo-server": it has not answered for 15 s, .*: docker rm --force [\da-f]{12}\n$/,
    );
  }

  await burst(client, server.host.ipv4 ?? '', { text: 'waits', count: 1 });
  expect(arrivals(server, 'waits')).toEqual([]);
  await killWires(server.host);
  await burst(client, server.host.ipv4 ?? '', { text: 'passes', count: 1 });
  await expect.poll(() => arrivals(server, 'passes')).toEqual(sent('passes', 1));
  await lab.heal();
  await expectNothingLeft(lab, [server.host, client]);
});
