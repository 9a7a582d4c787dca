/** Hosts by their networks: containers that share a network are one host on it, with several programs. */

import { LabError } from '../model/lab-error.ts';
import type { Host } from './host.ts';
import { networkRefusal, processesRefusal, type Refusal } from './refusal.ts';
import type { Roster } from './roster.ts';

/** The hosts that share the network of a host, including itself; the owner of the network comes first. */
function sharersOf(host: Host, hosts: readonly Host[]): Host[] {
  const others = hosts.filter((other) => other.id !== host.id && other.hasNetwork);
  const sharers = [host, ...others].filter(({ networkId }) => networkId === host.networkId);
  return sharers.sort((a, b) => rank(a) - rank(b) || compareNames(a, b));
}

/** The host under whose name a network is known: its owner, or the first host on it if the owner is not part of the lab. */
export function networkHostOf(host: Host, hosts: readonly Host[]): Host {
  return sharersOf(host, hosts)[0] ?? host;
}

/**
 * The host under whose name the network of a named host is known.
 *
 * @throws {LabError} if there is no such host, or no network that a probe may join.
 */
export async function findNetworkHost(roster: Roster, name: string, action: string): Promise<Host> {
  const host = await roster.find(name);
  await host.requireNetwork(action);
  return host.network.kind === 'shared' ? networkHostOf(host, await roster.hosts()) : host;
}

/** One host for each network. */
export function networkHostsOf(chosen: readonly Host[], hosts: readonly Host[]): Host[] {
  return [...new Set(chosen.map((host) => networkHostOf(host, hosts)))];
}

/** The hosts that a probe may join, and one error about all others. @param seesProcesses whether the probe sees processes */
export function probeable(
  hosts: readonly Host[],
  { seesProcesses = false } = {},
): { hosts: Host[]; leftOut?: LabError } {
  const whys = new Map(hosts.map((host) => [host, whyNot(host, seesProcesses)]));
  const left = hosts.filter((host) => whys.get(host) !== undefined);
  const rest = hosts.filter((host) => !left.includes(host));
  if (left.length === 0) return { hosts: rest };
  const words = left.map((host) => `host "${host.name}", which ${whys.get(host)?.why}`).join('; ');
  const code = whys.get(left[0] as Host)?.code ?? 'NO_NETWORK';
  return { hosts: rest, leftOut: new LabError(code, `Left out: ${words}`) };
}

function whyNot({ network, seesMachine }: Host, seesProcesses: boolean): Refusal | undefined {
  return networkRefusal(network) ?? (seesProcesses ? processesRefusal(seesMachine) : undefined);
}

export function compareNames(a: Host, b: Host): number {
  return compareWords(a.name, b.name);
}

/** `host-2` before `host-10`. */
export function compareWords(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

const rank = ({ id, networkId }: Host) => (id === networkId ? 0 : 1);
