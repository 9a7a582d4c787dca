/** What the instruments have put beside the hosts of a lab: after healing there is nothing. */
import { expect } from 'vitest';
import { execute } from '../../lab/engine/execute.ts';
import { LAB, OWNER, PURPOSE } from '../../lab/engine/labels.ts';
import { thisProcess } from '../../lab/engine/owner.ts';
import type { Host, Lab } from '../../lab/index.ts';
import { probeImage } from '../../lab/probes/probe-image.ts';
import { docker } from './docker.ts';
import { purposesOf } from './programs-beside.ts';

/** The purposes of the probes that a host has now: programs of observers, and wires, also those that have not been started yet. */
export async function probesOf(host: Host): Promise<string[]> {
  const [purposes, wires] = await Promise.all([purposesOf(host), probesWith(PURPOSE, host, true)]);
  return [...purposes, ...wires.map(({ Labels }) => Labels[PURPOSE] ?? '')];
}

/** By the host's id: it may have another name than when they were started. */
async function probesWith(label: string, { id }: Host, all: boolean) {
  const probes = await docker.listContainers({ all, filters: { label: [label] } });
  return probes.filter(({ HostConfig }) => HostConfig.NetworkMode === `container:${id}`);
}

/** A lab in which nothing is broken: no fault, no probe, no rule of the kernel. */
export async function expectNothingLeft(lab: Lab, hosts: readonly Host[]): Promise<void> {
  expect(await lab.faults()).toEqual({ paths: [], hosts: [] });
  expect(await Promise.all(hosts.map(probesOf))).toEqual(hosts.map(() => []));
  expect(await Promise.all(hosts.map(rulesOf))).toEqual(hosts.map(() => NO_RULES));
}

/** Ends the programs of the wires of a host as a crash would. */
export async function killWires(host: Host): Promise<void> {
  const wires = await wiresOf(host);
  await Promise.all(wires.map((id) => docker.getContainer(id).kill()));
}

/** Ends the programs of the wires of a host as the kernel does when their memory is used up: their probes stay. */
export async function killWirePrograms(host: Host): Promise<void> {
  const isNode = '[ "$(readlink "$one/exe")" = "$(command -v node)" ]';
  const line = `for one in /proc/[0-9]*; do if ${isNode}; then kill -KILL "\${one#/proc/}"; fi; done`;
  for (const id of await wiresOf(host)) {
    const { stderr } = await execute(id, ['sh', '-c', line], 'kill the program of a wire');
    expect(stderr.toString()).toBe('');
  }
}

/** The ids of the probes with the wires of a host. */
export async function wiresOf(host: Host): Promise<string[]> {
  const wires = await probesWith(`${PURPOSE}=wire`, host, false);
  return wires.map(({ Id }) => Id);
}

const LIST = ['iptables', 'ip6tables'].map((one) => `${one} -S && ${one} -t raw -S`).join(' && ');

/** The kernel's rules for packets of both families in a host, a line each. */
export async function rulesOf(host: Host): Promise<string[]> {
  return (await inNetworkOf(host, LIST)).trim().split('\n');
}

/** Runs a line of shell in the network of a host, with the privileges that the host has not. */
export async function inNetworkOf(host: Host, line: string): Promise<string> {
  const key = `${host.id} ${host.startedAt.toISOString()}`;
  const lookout = lookouts.get(key) ?? startLookout(host);
  lookouts.set(key, lookout);
  const command = ['sh', '-c', line];
  const { exitCode, stdout, stderr } = await execute(await lookout, command, `run "${line}"`);
  if (exitCode !== 0) throw new Error(`Cannot run "${line}" at ${host.name}: ${stderr}`);
  return stdout.toString();
}

/** By the run of a host: a container in its network, until the lab ends; one for each look would take ten times as long. */
const lookouts = new Map<string, Promise<string>>();

async function startLookout({ lab, id }: Host): Promise<string> {
  const lookout = await docker.createContainer({
    Image: await probeImage(),
    Cmd: ['sleep', 'infinity'],
    Labels: { [LAB]: lab, [OWNER]: thisProcess },
    HostConfig: {
      NetworkMode: `container:${id}`,
      CapAdd: ['NET_ADMIN', 'NET_RAW'],
      AutoRemove: true,
      Init: true,
    },
  });
  await lookout.start();
  return lookout.id;
}

/** What there is in a host that nobody has broken. */
export const NO_RULES = ['iptables', 'ip6tables'].flatMap(() => [
  '-P INPUT ACCEPT',
  '-P FORWARD ACCEPT',
  '-P OUTPUT ACCEPT',
  '-P PREROUTING ACCEPT',
  '-P OUTPUT ACCEPT',
]);
