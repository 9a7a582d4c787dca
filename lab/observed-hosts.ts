import { findNamed } from './hosts/find-hosts.ts';
import type { Host } from './hosts/host.ts';
import { probeable } from './hosts/network-hosts.ts';
import type { Roster } from './hosts/roster.ts';
import type { LabError } from './model/lab-error.ts';

/** Who is told of hosts that cannot be looked at. */
export interface LeftOutOptions {
  /** Called with the hosts that are left out because they use this machine's network, or have none. */
  readonly onLeftOut?: (error: LabError) => void;
}

interface ObservedOptions extends LeftOutOptions {
  /** Whether a host is included although it is not running. Default: no. */
  readonly isObserved?: (host: Host) => boolean;
  /** Whether the probe sees processes, not only packets. Default: no. */
  readonly seesProcesses?: boolean;
}

/**
 * The chosen hosts; by default all that can be observed. No probe is started before every chosen host has been checked.
 */
export async function observedHosts(
  lab: Roster,
  action: string,
  chosen: readonly (string | Host)[] | undefined,
  { isObserved = () => false, seesProcesses = false, onLeftOut }: ObservedOptions,
): Promise<Host[]> {
  if (chosen) {
    const names = new Set(chosen.filter((one) => typeof one === 'string'));
    const named = await findNamed(lab.name, [...names]);
    const others = named.filter((host) => !isObserved(host));
    await Promise.all(others.map((host) => host.requireNetwork(action)));
    if (seesProcesses) for (const host of others) host.requireOwnProcesses(action);
    return [...named, ...chosen.filter((one) => typeof one !== 'string')];
  }
  const running = (await lab.hosts()).filter(
    (host) => host.state === 'running' || isObserved(host),
  );
  const { hosts, leftOut } = probeable(running, { seesProcesses });
  if (leftOut) onLeftOut?.(leftOut);
  return hosts;
}
