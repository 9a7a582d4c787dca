/**
 * Whose network a container is in. A container may share the network of another (`network_mode: service:b`), which may share
 * that of a third, and so on: what counts is the owner at the end of the chain.
 *
 *     side ──container:b──▶ b ──▶ networks of its own     side has b's network
 *     spy ──container:web─▶ web ─▶ host                   spy has the machine's network, as web has
 */
import { ask, type ContainerInspectInfo } from '../engine/docker.ts';
import type { LabError } from '../model/lab-error.ts';

/** The owner of a host's network. */
export type HostNetwork =
  | { readonly kind: 'own' }
  /** The network of another container. */
  | {
      /** Whose it is. */
      readonly kind: 'shared';
      /** The id of the container that owns it. */
      readonly id: string;
      /** The owner's name in the lab, or its container's name if it is not part of the lab. */
      readonly owner: string;
    }
  /** This machine's network, or none: no probe may join it. `why` continues a sentence that begins with "it" or the host. */
  | { readonly kind: 'machine' | 'none'; readonly why: string };

/** Looks a container up; undefined if it no longer exists. */
export type ContainerLookUp = (id: string) => Promise<ContainerInspectInfo | undefined>;

/** Looks a container up in the engine. */
export const lookUpContainer: ContainerLookUp = (id) =>
  ask('look at a container', (engine) => engine.getContainer(id).inspect()).catch(
    (error: LabError) => {
      if (error.code !== 'NO_HOST') throw error;
      return undefined;
    },
  );

export interface FoundNetwork {
  readonly network: HostNetwork;
  /** The container that owns the network, as far as the chain could be followed. */
  readonly owner: ContainerInspectInfo;
  /** It sees the processes of this machine (`pid: host`), or may, as it shares those of a container that no longer exists. */
  readonly seesMachine: boolean;
}

/** Longer than any chain in practice, and than any engine has been seen to allow. */
const CHAIN_MAX = 16;
/** The engine's own networks (Docker documentation, "Network drivers"). */
const MACHINE = 'host';
const NONE = 'none';
/** The path of the machine's network namespace, according to the engine: `/var/run/docker/netns/default`. */
const MACHINE_NAMESPACE = /\/default$/;

/** Finds the owner of a container's network. @param nameOf a container's name in the lab, undefined if it is not part of it */
export async function networkOf(
  info: ContainerInspectInfo,
  lookUp: ContainerLookUp,
  nameOf: (id: string) => string | undefined,
): Promise<FoundNetwork> {
  const name = (other: ContainerInspectInfo) => nameOf(other.Id) ?? other.Name.replace('/', '');
  const { chain, missing } = await follow(info, ({ NetworkMode }) => NetworkMode, lookUp);
  const owner = chain.at(-1) ?? info;
  const seesMachine = await seesMachineProcesses(info, lookUp);
  const found = (network: HostNetwork): FoundNetwork => ({ network, owner, seesMachine });
  if (missing !== undefined) return found({ kind: 'none', why: whyUnknown(missing) });
  const through = owner === info ? 'has' : `shares the network of "${name(owner)}", which is`;
  if (isMachine(owner))
    return found({ kind: 'machine', why: `${through} this machine's own network` });
  if (isNone(owner)) return found({ kind: 'none', why: `${through} no network` });
  if (owner === info) return found({ kind: 'own' });
  const left = chain.findIndex((one, n) => n > 0 && isLeft(chain[n - 1] ?? info, one));
  const leaver = chain[left];
  if (leaver === undefined) return found({ kind: 'shared', id: owner.Id, owner: name(owner) });
  const why = `shared the network of "${name(leaver)}", which has ended or was started again since, and must be started again itself`;
  return found({ kind: 'none', why });
}

async function seesMachineProcesses(
  info: ContainerInspectInfo,
  lookUp: ContainerLookUp,
): Promise<boolean> {
  const { chain, missing } = await follow(info, ({ PidMode = '' }) => PidMode, lookUp);
  return missing !== undefined || chain.at(-1)?.HostConfig.PidMode === MACHINE;
}

type Mode = (config: ContainerInspectInfo['HostConfig']) => string | undefined;

/** Follows a chain of shared namespaces to its end; `missing` is the id of a container in it that no longer exists. */
async function follow(info: ContainerInspectInfo, mode: Mode, lookUp: ContainerLookUp) {
  const chain = [info];
  for (let at = info; chain.length < CHAIN_MAX; ) {
    const [kind, id] = (mode(at.HostConfig) ?? '').split(':');
    if (kind !== 'container' || id === undefined) return { chain };
    const next = await lookUp(id);
    if (next === undefined) return { chain, missing: id };
    chain.push(next);
    at = next;
  }
  return { chain, missing: chain.at(-1)?.Id ?? '' };
}

function whyUnknown(id: string): string {
  return `shares the network of container ${id.slice(0, 12)}, which no longer exists, so that the owner of that network is unknown`;
}

/** By any sign of it: to mistake a machine's network for a container's would be worse than the reverse. */
function isMachine({ HostConfig, NetworkSettings }: ContainerInspectInfo): boolean {
  return (
    HostConfig.NetworkMode === MACHINE ||
    MACHINE in NetworkSettings.Networks ||
    MACHINE_NAMESPACE.test(NetworkSettings.SandboxKey)
  );
}

function isNone({ HostConfig, NetworkSettings }: ContainerInspectInfo): boolean {
  return HostConfig.NetworkMode === NONE || NONE in NetworkSettings.Networks;
}

/** A container stays in the namespace that it was started in, even when the container that it shares it with gets a new one. */
function isLeft(guest: ContainerInspectInfo, owner: ContainerInspectInfo): boolean {
  if (!guest.State.Running) return false;
  return !owner.State.Running || new Date(owner.State.StartedAt) > new Date(guest.State.StartedAt);
}
