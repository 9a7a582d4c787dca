import type { Host } from '../hosts/host.ts';
import { networkHostOf, networkHostsOf, probeable } from '../hosts/network-hosts.ts';
import type { LabError } from '../model/lab-error.ts';

/** A host, and what of it is watched. */
export interface WatchedHost {
  readonly host: Host;
  /** The packets of its network, under its name: only one of the hosts that share a network has them. */
  readonly packets: boolean;
  /** Its calls and its log. */
  readonly programs: boolean;
  /** The name of the host under which its packets are reported, if that is another one. */
  readonly sharesNetworkOf?: string;
}

/**
 * The hosts that are watched. With a host that shares another's network, that other host is included, so that its packets are
 * seen, too.
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
