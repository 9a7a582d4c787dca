import { allDone, inTurn } from '../engine/all-done.ts';
import { containersWith, isProbe, isProbeImage } from '../engine/containers.ts';
import { ask, type ContainerInfo } from '../engine/docker.ts';
import { LAB, OWNER, STARTER } from '../engine/labels.ts';
import { canTell, hasEnded } from '../engine/owner.ts';
import { removeContainers, removeNetwork } from '../engine/remove.ts';
import type { Proof, Remnant } from './remnant.ts';

export interface Orphans {
  readonly networks: readonly string[];
  readonly containers: readonly OrphanContainer[];
  /** Networks of labs of which it cannot be told from here whether their process has ended. */
  readonly unknown: readonly string[];
}

interface OrphanContainer {
  readonly container: ContainerInfo;
  readonly why: Proof;
}

/** A network as far as it matters here. Nothing but a request to the engine gives it a label. */
interface LabNetwork {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | undefined;
}

/**
 * What processes that ended without cleaning up have left: their labs and their probes; and the probes of hosts that no longer run,
 * except in a lab whose process may still ask for them.
 */
export async function findOrphans(): Promise<Orphans> {
  const networks: LabNetwork[] = await ask('list the networks', (engine) => engine.listNetworks());
  const containers = await containersWith();
  // Requested later, so that it has the host of every probe listed before, unless the host has stopped.
  const running = await ask('list the containers', (engine) => engine.listContainers());
  return orphansAmong(networks, containers, new Set(running.map(({ Id }) => Id)));
}

/** @param running the ids of the containers that run */
export function orphansAmong(
  networks: readonly LabNetwork[],
  containers: readonly ContainerInfo[],
  running: ReadonlySet<string>,
): Orphans {
  const owned = networks.filter(({ Labels }) => Labels?.[OWNER] !== undefined);
  const ownerOf = ({ Labels }: LabNetwork) => Labels?.[OWNER] ?? '';
  const namesOf = (some: readonly LabNetwork[]) => some.map(({ Name }) => Name);
  const ended = namesOf(owned.filter((one) => hasEnded(ownerOf(one))));
  const kept = new Set(namesOf(networks).filter((name) => !ended.includes(name)));
  const labsInUse = new Set(namesOf(owned).filter((name) => kept.has(name)));
  const whyOf = (one: ContainerInfo): Proof | undefined => {
    if (isProbe(one)) return whyProbe(one, running, labsInUse);
    const { [OWNER]: owner = '', [LAB]: lab } = one.Labels;
    // An image can bring labels, but not a network: that of the lab, which may be gone already.
    const isHost = lab !== undefined && one.HostConfig.NetworkMode === lab && !kept.has(lab);
    return (isHost || isProbeImage(one.Image)) && hasEnded(owner) ? 'owner-ended' : undefined;
  };
  return {
    networks: ended,
    containers: containers.flatMap((container) => {
      const why = whyOf(container);
      return why === undefined ? [] : [{ container, why }];
    }),
    unknown: namesOf(owned.filter((one) => !canTell(ownerOf(one)))),
  };
}

function whyProbe(
  { Labels, State, HostConfig }: ContainerInfo,
  running: ReadonlySet<string>,
  labsInUse: ReadonlySet<string>,
): Proof | undefined {
  if (hasEnded(Labels[OWNER] ?? '')) return 'owner-ended';
  if (State === 'created' && hasEnded(Labels[STARTER] ?? '')) return 'never-started';
  // A wire has no owner: it is removed with its host, unless the lab's process may still ask what it did.
  const host = HostConfig.NetworkMode.replace('container:', '');
  return running.has(host) || labsInUse.has(Labels[LAB] ?? '') ? undefined : 'host-ended';
}

export async function removeOrphans({ containers, networks }: Orphans): Promise<void> {
  await inTurn([
    () => removeContainers(containers.map(({ container }) => container)),
    () => allDone(networks.map(removeNetwork)),
  ]);
}

export function remnantsOf({ containers, networks }: Orphans): Remnant[] {
  return [
    ...containers.map(({ container: { Names, Id }, why }) => {
      const name = Names[0]?.slice(1) ?? Id.slice(0, 12);
      return { kind: 'container', name, why } as const;
    }),
    ...networks.map((name) => ({ kind: 'network', name, why: 'owner-ended' }) as const),
  ];
}
