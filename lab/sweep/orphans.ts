import { allDone, inTurn } from '../engine/all-done.ts';
import { containersWith } from '../engine/containers.ts';
import { ask, type ContainerInfo } from '../engine/docker.ts';
import { hasEnded, LAB, OWNER, PURPOSE, STARTER } from '../engine/labels.ts';
import { removeContainers, removeNetwork } from '../engine/remove.ts';

/**
 * Removes what processes that ended without cleaning up have left: their probes, and their labs; and the probes of hosts that
 * no longer exist, except in a lab whose process is still running.
 *
 * @returns the names of what was removed.
 */
export async function removeOrphans(): Promise<string[]> {
  const isOrphan = ({ Labels = {} }: { Labels?: Record<string, string> | undefined }) =>
    hasEnded(Labels[OWNER] ?? '');
  const networks = await ask('list the networks of labs', (engine) =>
    engine.listNetworks({ filters: { label: [OWNER] } }),
  );
  const labs = networks.filter(isOrphan).map(({ Name }) => Name);
  const owned = networks.filter((network) => !isOrphan(network)).map(({ Name }) => Name);
  // A wire has no owner: it is removed with its lab, or with its host unless the lab's process may still ask what it did.
  const containers = await containersWith(LAB);
  // Requested later, so that it has the host of every probe listed before, unless the host has stopped.
  const running = await namespacesInUse();
  const orphans = containers.filter(
    (one) =>
      isOrphan(one) ||
      isNeverStarted(one) ||
      labs.includes(one.Labels[LAB] ?? '') ||
      (isProbe(one) &&
        !running.has(one.HostConfig.NetworkMode) &&
        !owned.includes(one.Labels[LAB] ?? '')),
  );
  await inTurn([
    () => removeContainers(orphans),
    () => allDone(labs.map((lab) => removeNetwork(lab))),
  ]);
  return [...orphans.map(({ Names }) => Names[0]?.slice(1) ?? ''), ...labs];
}

/** The network namespaces that probes of running containers join, as the engine names them. */
async function namespacesInUse(): Promise<Set<string>> {
  const containers = await ask('list the containers', (engine) => engine.listContainers());
  return new Set(containers.map(({ Id }) => `container:${Id}`));
}

/** The process that created it was killed before it could start it. */
const isNeverStarted = ({ State, Labels }: ContainerInfo) =>
  State === 'created' && hasEnded(Labels[STARTER] ?? '');

const isProbe = ({ Labels }: ContainerInfo) => Labels[PURPOSE] !== undefined;
