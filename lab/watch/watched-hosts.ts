import type { Host } from '../hosts/host.ts';
import { networkHostOf, networkHostsOf, probeable } from '../hosts/network-hosts.ts';
import type { LabError } from '../model/lab-error.ts';

/** What of a host is watched. */
export interface WatchedHost {
  readonly host: Host;
  /** Those of its network, under its name: of hosts that share one, only one has them. */
  readonly packets: boolean;
  /** Its calls and its log. */
  readonly programs: boolean;
  /** The name of the host whose packets its are, where that is another one. */
  readonly sharesNetworkOf?: string;
}

/**
 * Which hosts a watch is of. A host that shares another's network brings that along, so that its packets are seen too.
 *
 * @param names default: all
 */
export function watchedHosts(
  all: readonly Host[],
  names?: readonly string[],
): { watched: WatchedHost[]; leftOut?: LabError; leftOutNames: string[] } {
  const chosen = names ? all.filter(({ name }) => names.includes(name)) : all;
  const { hosts, leftOut } = probeable(chosen);
  const withPackets = networkHostsOf(hosts, all);
  const watched = [...new Set([...withPackets, ...hosts])].map((host) => {
    const { name } = networkHostOf(host, all);
    return {
      host,
      packets: withPackets.includes(host),
      programs: hosts.includes(host),
      ...(name !== host.name && { sharesNetworkOf: name }),
    };
  });
  const leftOutNames = chosen.filter((host) => !hosts.includes(host)).map(({ name }) => name);
  return { watched, leftOutNames, ...(leftOut && { leftOut }) };
}
