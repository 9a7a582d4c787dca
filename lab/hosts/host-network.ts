/**
 * Whose network a container is in. A container that was told to share another's (`network_mode: service:b`) may share that of
 * one which shares a third one's, and so on: what counts is whose it is in the end.
 *
 *     side ──container:b──▶ b ──▶ networks of its own     side has b's network
 *     spy ──container:web─▶ web ─▶ host                   spy has the machine's network, as web has
 */
import { ask, type ContainerInspectInfo } from '../engine/docker.ts';
import type { LabError } from '../model/lab-error.ts';

/** Whose network it is. */
export type HostNetwork =
  | { readonly kind: 'own' }
  /** That of another container. */
  | {
      readonly kind: 'shared';
      /** Of the container whose it is. */
      readonly id: string;
      /** Its name in the lab, or as the engine calls it where it is not of the lab. */
      readonly owner: string;
    }
  /** This machine's, or nobody's: no probe may go there. `why` goes on behind "it" or "host". */
  | { readonly kind: 'machine' | 'none'; readonly why: string };

/** A container as it was found, undefined for one that is gone. */
export type ContainerLookUp = (id: string) => Promise<ContainerInspectInfo | undefined>;

/** Asks the engine. */
export const lookUpContainer: ContainerLookUp = (id) =>
  ask('look at a container', (engine) => engine.getContainer(id).inspect()).catch(
    (error: LabError) => {
      if (error.code !== 'NO_HOST') throw error;
      return undefined;
    },
  );

export interface FoundNetwork {
  readonly network: HostNetwork;
  /** The container whose network it is, as far as there is one. */
  readonly owner: ContainerInspectInfo;
  /** It sees the processes of this machine (`pid: host`), or those of a container that is gone, which nobody can tell. */
  readonly seesMachine: boolean;
}

/** Further than people go, and than any engine has been seen to allow. */
const CHAIN_MAX = 16;
/** The networks that the engine itself makes under these names (Docker documentation, "Network drivers"). */
const MACHINE = 'host';
const NONE = 'none';
/** What the engine calls the machine's network namespace: `/var/run/docker/netns/default`. */
const MACHINE_NAMESPACE = /\/default$/;

/** Whose network a container is in. @param nameOf what the lab calls a container, undefined for one that is not of the lab */
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

/** From a container to the one whose namespace it has been put into; `missing` is one that is gone. */
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
  return `shares the network of container ${id.slice(0, 12)}, which is gone, so that nobody can tell whose network that is`;
}

/** By all that the engine tells: to take a machine's network for a container's would be worse than the reverse. */
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

/** A container stays in the namespace that it was started in, also when the one that it had this from gets a new one. */
function isLeft(guest: ContainerInspectInfo, owner: ContainerInspectInfo): boolean {
  if (!guest.State.Running) return false;
  return !owner.State.Running || new Date(owner.State.StartedAt) > new Date(guest.State.StartedAt);
}
