import type { ContainerInfo } from '../engine/docker.ts';
import type { LabError } from '../model/lab-error.ts';
import { Host } from './host.ts';
import { type ContainerLookUp, lookUpContainer } from './host-network.ts';
import { type ListedHost, listHosts } from './list-hosts.ts';
import { compareNames } from './network-hosts.ts';

/** A host, and its entry in the list when it was inspected. */
interface Known {
  readonly host: Host;
  readonly listing: string;
}

/**
 * Keeps up with the hosts of a lab: at each look the engine lists all of them, and is asked only about those that have changed.
 *
 *     look() ──▶ list of the lab ──▶ changed? ──▶ inspect ──▶ Host
 *                                       └── no ──▶ the Host as it was
 */
export class HostTracker {
  readonly #lab: string;
  /** By the id of the container. */
  #known: ReadonlyMap<string, Known> = new Map();

  constructor(lab: string) {
    this.#lab = lab;
  }

  /**
   * The hosts, sorted by name.
   *
   * @param changed the ids of containers that are known to have changed since the last look, for example because they were
   * restarted, which a list does not show. Default: any host may have changed.
   */
  async look(changed?: ReadonlySet<string>): Promise<Host[]> {
    const listed = await listHosts(this.#lab);
    const names = new Map(listed.map(({ container: { Id }, name }) => [Id, name]));
    const nameOf = (id: string) => names.get(id);
    const stale = changed ? this.#staleOf(listed, changed, nameOf) : undefined;
    const lookUp = once(lookUpContainer);
    const look = async ({ container, name }: ListedHost): Promise<Known | undefined> => {
      const known = this.#known.get(container.Id);
      if (known && !(stale?.has(container.Id) ?? true)) return known;
      const called = { host: name, lab: this.#lab, nameOf };
      const host = await Host.attach(container.Id, called, lookUp).catch(undefinedIfGone);
      return host && { host, listing: listingOf(container) };
    };
    const all = (await Promise.all(listed.map(look))).filter((one) => one !== undefined);
    this.#known = new Map(all.map((one) => [one.host.id, one]));
    return all.map(({ host }) => host).sort(compareNames);
  }

  /** Whether a container was a host of the lab at the last look. */
  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** The containers that have changed, or share the network of one that has. */
  #staleOf(
    listed: readonly ListedHost[],
    changed: ReadonlySet<string>,
    nameOf: (id: string) => string | undefined,
  ): Set<string> {
    const stale = new Set(changed);
    for (const { container, name } of listed) {
      const known = this.#known.get(container.Id);
      const isSame =
        known?.host.name === name &&
        known.listing === listingOf(container) &&
        !hasOtherOwner(known.host, nameOf);
      if (!isSame) stale.add(container.Id);
    }
    // One may share the network of one that shares a third one's: repeated until no more are found.
    for (let size = 0; size !== stale.size; ) {
      size = stale.size;
      for (const { container } of listed) {
        if (stale.has(sharedOf(container) ?? '')) stale.add(container.Id);
      }
    }
    return stale;
  }
}

/** Differs when a container has changed. */
function listingOf({ State, HostConfig, NetworkSettings }: ContainerInfo): string {
  return JSON.stringify([State, HostConfig, NetworkSettings]);
}

/** Whether the host whose network it shares has another name now. */
function hasOtherOwner({ network }: Host, nameOf: (id: string) => string | undefined): boolean {
  if (network.kind !== 'shared') return false;
  return (nameOf(network.id) ?? network.owner) !== network.owner;
}

/** The id of the container whose network it shares. */
function sharedOf({ HostConfig: { NetworkMode } }: ContainerInfo): string | undefined {
  return /^container:(.+)$/.exec(NetworkMode)?.[1];
}

/** Looks each container up at most once. */
function once(lookUp: ContainerLookUp): ContainerLookUp {
  const found = new Map<string, ReturnType<ContainerLookUp>>();
  return (id) => {
    const known = found.get(id) ?? lookUp(id);
    found.set(id, known);
    return known;
  };
}

/** A container may be removed in the meantime. */
function undefinedIfGone(error: LabError): undefined {
  if (error.code !== 'NO_HOST') throw error;
}
