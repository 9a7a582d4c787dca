import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ask } from '../lab/engine/docker.ts';
import { probeImage } from '../lab/probes/probe-image.ts';

test('where all is in place the doctor reports no failure, and leaves nothing behind', async () => {
  await probeImage();
  const running = promisify(execFile)('./socketlab', ['doctor', '--json']);
  const { stdout } = await running.catch((failure) => failure);
  const checks: { check: string; status: string }[] = JSON.parse(stdout);
  // An engine without IPv6 has labs all the same.
  expect(checks.filter(({ check, status }) => check !== 'ipv6' && status !== 'ok')).toEqual([]);

  const name = `socketlab-doctor-${running.child.pid}-`;
  const networks = await ask('list the networks', (engine) => engine.listNetworks());
  const containers = await ask('list the containers', (engine) =>
    engine.listContainers({ all: true }),
  );
  const left = [...networks.map(({ Name }) => Name), ...containers.flatMap(({ Names }) => Names)];
  expect(left.filter((one) => one.includes(name))).toEqual([]);
});
